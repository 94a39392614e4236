"""The full parse of a file in any language we know."""

import importlib
from typing import Protocol

from tree_sitter import Node

from hexci.domain.boundaries.kinds import Extract


class _Reader(Protocol):
    def read(self, path: str, data: bytes) -> Extract: ...


class TreeSitterParser:
    """Parses with the grammar of the language; reads what can be read of a broken file."""

    def parse(self, language: str, path: str, data: bytes) -> Extract:
        """What a file says; problems say where it could not be read."""
        reader: _Reader = importlib.import_module(f"hexci.adapters.treesitter.{language}")
        return reader.read(path, data)


def first_error(root: Node) -> tuple[tuple[int, str], ...]:
    """The problem to report for a tree with errors: one, at the first of them."""
    if not root.has_error:
        return ()
    node = root
    while True:
        broken = next((c for c in node.children if c.has_error or c.is_missing), None)
        if broken is None or node.is_error:
            return ((node.start_point[0] + 1, "a syntax error: read as far as possible"),)
        node = broken


def text_of(node: Node) -> str:
    """The source text of a node."""
    return (node.text or b"").decode("utf-8", "replace")
