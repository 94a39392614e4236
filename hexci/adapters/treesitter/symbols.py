"""Definitions by name, found in the syntax tree of any grammar that we have."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from hexci.adapters.treesitter.grammars import parser

_GRAMMARS = {
    **dict.fromkeys(("py", "pyi"), "python"),
    **dict.fromkeys(("js", "mjs", "cjs", "jsx"), "javascript"),
    **dict.fromkeys(("ts", "mts", "cts"), "typescript"),
    "tsx": "tsx",
    "go": "go",
    "rs": "rust",
    "java": "java",
    **dict.fromkeys(("kt", "kts"), "kotlin"),
    "cs": "csharp",
}
_DEFINES = re.compile(
    r"\w*(definition|declaration|declarator|signature|_item|_spec|alias)|enum_assignment|assignment"
)
# what stands around a definition and belongs to it: decorators, `export`, `type` groups
_AROUND = frozenset({"decorated_definition", "export_statement", "template_declaration"})


def symbol_text(path: str, content: bytes, symbol: str) -> bytes | None:
    """The source of a symbol, overloads and parts joined; None when there is none."""
    grammar = _GRAMMARS.get(path.rpartition(".")[2].lower())
    if grammar is None:
        return None
    root = parser(grammar).parse(content).root_node
    wanted = symbol.replace("::", ".").strip(".")
    found = [node.text or b"" for name, node in _definitions(root, "") if name == wanted]
    return b"\n".join(found) if found else None


def _definitions(node: Node, scope: str) -> Iterator[tuple[str, Node]]:
    for child in node.children:
        name = _name(child)
        if name:
            full = f"{scope}.{name}" if scope else name
            around = child.parent
            whole = around if around is not None and around.type in _AROUND else child
            yield full, whole
            yield from _definitions(child, full)
        else:
            yield from _definitions(child, scope)


def _name(node: Node) -> str:
    """What a node defines: `f`, for Go's methods `T.f`, for Rust's `impl T` the type."""
    if _DEFINES.fullmatch(node.type) is None:
        return ""
    field = "left" if node.type == "assignment" else "name"
    named = node.child_by_field_name(field)
    if named is None and node.type == "impl_item":
        named = node.child_by_field_name("type")
    if named is None or "identifier" not in named.type:
        return ""
    receiver = node.child_by_field_name("receiver")
    return f"{_receiver(receiver)}.{_text(named)}" if receiver is not None else _text(named)


def _receiver(node: Node) -> str:
    if node.type == "type_identifier":
        return _text(node)
    return next((found for child in node.children if (found := _receiver(child))), "")


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
