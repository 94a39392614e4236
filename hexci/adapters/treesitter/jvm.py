"""Java and Kotlin by a full parse."""

import re

from tree_sitter import Node

from hexci.adapters.treesitter.grammars import parser
from hexci.adapters.treesitter.parsing import first_error, text_of
from hexci.domain.boundaries.kinds import Extract, RawImport

_TYPES = frozenset(
    ("class_declaration", "interface_declaration", "enum_declaration", "record_declaration",
     "annotation_type_declaration", "object_declaration", "function_declaration",
     "property_declaration", "type_alias")
)  # fmt: skip
_IMPORTS = frozenset(("import_declaration", "import"))
_CHAINS = frozenset(
    ("scoped_type_identifier", "scoped_identifier", "field_access", "user_type",
     "navigation_expression")
)  # fmt: skip
_IN_FULL = re.compile(r"[a-z_]\w*(?:\.[a-z_]\w*)+\.[A-Z]\w*")
_NAMED = re.compile(r"import\s+(?:static\s+)?([\w$`]+(?:\.[\w$`]+)*(?:\.\*)?)")


def read(path: str, data: bytes) -> Extract:
    """What a file imports and declares, with what could not be read."""
    grammar = "java" if path.endswith(".java") else "kotlin"
    data = data.removeprefix(b"\xef\xbb\xbf")
    root = parser(grammar).parse(data).root_node
    package, declared, found = "", [], []
    for child in root.children:
        if child.type in {"package_declaration", "package_header"}:
            package = text_of(child).removeprefix("package").strip(" ;\n\t").replace("`", "")
        elif child.type in _IMPORTS:
            found += _import(child)
        else:
            declared += _declared(child)
            found += _in_full(child)
    said = f"{package}|{','.join(dict.fromkeys(declared))}"
    return Extract(tuple(found), first_error(root), said)


def _import(node: Node) -> list[RawImport]:
    named = _NAMED.match(" ".join(text_of(node).split()).replace(" .", ".").replace(". ", "."))
    row, column = node.start_point
    return [(named[1].replace("`", ""), row + 1, column + 1, 0)] if named else []


def _declared(node: Node) -> list[str]:
    if node.type not in _TYPES:
        return []
    name = node.child_by_field_name("name")
    if name is None:
        wanted = ("identifier", "variable_declaration", "simple_identifier")
        name = next((child for child in node.children if child.type in wanted), None)
    return [] if name is None else [text_of(name).split(":")[0].strip()]


def _in_full(root: Node) -> list[RawImport]:
    found: list[RawImport] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        name = _IN_FULL.match("".join(text_of(node).split())) if node.type in _CHAINS else None
        if name is None:
            waiting += reversed(node.children)
            continue
        row, column = node.start_point
        found.append((f"{name[0]}!", row + 1, column + 1, 0))
    return found
