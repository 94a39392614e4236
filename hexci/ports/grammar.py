"""Syntax trees of languages other than Python."""

from typing import Protocol

from hexci.domain.repair.foreign.tree import Tree


class Grammar(Protocol):
    """Parses a file by its name."""

    def tree(self, path: str, data: bytes) -> Tree | None:
        """The tree; None when the language is unknown or the text has a syntax error."""
        ...
