"""C# by a full parse."""

import re

from tree_sitter import Node

from hexci.adapters.treesitter.grammars import parser
from hexci.adapters.treesitter.parsing import first_error, text_of
from hexci.domain.boundaries.kinds import Extract, RawImport

_NAMESPACES = frozenset(("namespace_declaration", "file_scoped_namespace_declaration"))
_TYPES = frozenset(
    ("class_declaration", "interface_declaration", "enum_declaration", "struct_declaration",
     "record_declaration", "record_struct_declaration")
)  # fmt: skip
_CHAINS = frozenset(("qualified_name", "member_access_expression"))
_USING = re.compile(r"(?:global )?using (?:static )?(?:[\w@]+ ?= ?)?(?:global::)?([\w.@]+)")
_IN_FULL = re.compile(r"(?:global::)?([A-Z]\w*(?:\.[A-Z]\w*){2,})")


def read(path: str, data: bytes) -> Extract:  # noqa: ARG001 - one form for all languages
    """What a file uses and declares, with what could not be read."""
    root = parser("csharp").parse(data.removeprefix(b"\xef\xbb\xbf")).root_node
    namespaces: list[str] = []
    types: list[str] = []
    found: list[RawImport] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "using_directive":
            found += _using(node)
            continue
        if node.type in _NAMESPACES | _TYPES:
            name = node.child_by_field_name("name")
            if name is not None:
                (namespaces if node.type in _NAMESPACES else types).append(text_of(name))
                waiting += [c for c in reversed(node.children) if c.id != name.id]
                continue
        whole = _IN_FULL.match("".join(text_of(node).split())) if node.type in _CHAINS else None
        if whole is not None:
            row, column = node.start_point
            found.append((f"{whole[1]}!", row + 1, column + 1, 0))
            continue
        waiting += reversed(node.children)
    said = f"{';'.join(dict.fromkeys(namespaces))}|{','.join(dict.fromkeys(types))}"
    return Extract(tuple(found), first_error(root), said)


def _using(node: Node) -> list[RawImport]:
    text = " ".join(text_of(node).split())
    named = _USING.match(text)
    row, column = node.start_point
    column += len("global ") if text.startswith("global ") else 0
    return [(named[1].replace("@", ""), row + 1, column + 1, 0)] if named else []
