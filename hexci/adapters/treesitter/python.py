"""Python imports by a full parse."""

import re

from tree_sitter import Node, Query, QueryCursor

from hexci.adapters.treesitter.grammars import language, parser
from hexci.adapters.treesitter.parsing import first_error
from hexci.domain.boundaries.kinds import DYNAMIC, LAZY, OPTIONAL, TYPE_ONLY, Extract, RawImport
from hexci.domain.boundaries.python.context import type_only_when
from hexci.domain.boundaries.python.dynamic import spec_of_call
from hexci.domain.boundaries.python.statements import specs_of

_QUERY = """
[(import_statement) (import_from_statement) (future_import_statement)] @statement
(call function: [(identifier) (attribute)] @name) @call
[(print_statement) (exec_statement)] @old
"""
_LAZY = re.compile(rb"(?m)^([ \t]*)(lazy[ \t]+)(?=(?:import|from)\b)")
_LITERAL = re.compile(rb"""[uUrR]?(?:"([^"\\\n]*)"|'([^'\\\n]*)')""")


def read(path: str, data: bytes) -> Extract:  # noqa: ARG001 - one form for all languages
    """The imports of a file, with what could not be read."""
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # PEP 810 is not in the grammar yet: `lazy` is taken out and remembered by its line
    lazy = {data.count(b"\n", 0, hit.start(2)) for hit in _LAZY.finditer(data)}
    root = parser("python").parse(_LAZY.sub(rb"\1", data) if lazy else data).root_node
    captures = QueryCursor(Query(language("python"), _QUERY)).captures(root)
    found: list[RawImport] = []
    for node in captures.get("statement", []):
        found += _statement(node, lazy)
    for node in captures.get("call", []):
        found += _call(node)
    found.sort(key=lambda item: (item[1], item[2]))
    return Extract(tuple(found), first_error(root) or _python_2(captures.get("old", [])))


def _python_2(old: list[Node]) -> tuple[tuple[int, str], ...]:
    if not old:
        return ()
    line = min(node.start_point[0] for node in old) + 1
    return ((line, "this is Python 2: read as far as possible"),)


def _statement(node: Node, lazy: set[int]) -> list[RawImport]:
    specs = specs_of(_plain(node))
    if specs is None:
        return []
    row, column = node.start_point[0], node.start_point[1] + 1
    bits = _bits(node) | (LAZY if row in lazy else 0)
    return [(spec, row + 1, column, bits) for spec in specs]


def _plain(node: Node) -> bytes:
    """The statement's text; comments between parentheses are left to `specs_of`."""
    return node.text or b""


def _call(node: Node) -> list[RawImport]:
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return []
    name = (function.text or b"").rpartition(b".")[2]
    if name not in {b"import_module", b"__import__"}:
        return []
    values = [child for child in arguments.named_children if child.type != "comment"]
    if not 1 <= len(values) <= 2:
        return []
    module = _literal(values[0], b"name")
    package = _literal(values[1], b"package") if len(values) > 1 else ""
    relative = len(values) > 1 and (values[1].text or b"").rpartition(b"=")[2].strip() in {
        b"__package__",
        b"__name__",
    }
    if module is None or (package is None and not relative):
        return []
    spec = spec_of_call(module, package or "", relative=relative)
    at = function.start_point
    column = at[1] + 1 + (len(function.text or b"") - len(name))
    return [(spec, at[0] + 1, column, DYNAMIC)] if spec else []


def _literal(node: Node, keyword: bytes) -> str | None:
    text = node.text or b""
    if node.type == "keyword_argument":
        name, _, text = text.partition(b"=")
        if name.strip() != keyword:
            return None
    found = _LITERAL.fullmatch(text.strip())
    return (found[1] or found[2] or b"").decode("utf-8", "replace") if found else None


def _bits(node: Node) -> int:
    bits = 0
    child, parent = node, node.parent
    while parent is not None:
        if parent.type == "function_definition":
            bits |= LAZY
        elif parent.type in {"if_statement", "elif_clause", "else_clause"}:
            bits |= _branch_bits(parent, child)
        elif parent.type == "try_statement" and child.type == "block":
            handled = any(c.type.startswith("except") for c in parent.children)
            bits |= OPTIONAL if handled else 0
        elif parent.type.startswith("except"):
            bits |= OPTIONAL
        child, parent = parent, parent.parent
    return bits


def _branch_bits(parent: Node, child: Node) -> int:
    condition = parent.child_by_field_name("condition")
    if parent.type == "else_clause":
        return _other_bits(parent)
    if condition is None or child.type != "block":
        return 0
    said = type_only_when(condition.text or b"")
    if said:
        return TYPE_ONLY
    return _other_bits(parent) if parent.type == "elif_clause" and said is None else 0


def _other_bits(clause: Node) -> int:
    """An `else` or `elif` is type-only where a branch before it is for run time only."""
    owner = clause.parent
    if owner is None or owner.type != "if_statement":
        return 0
    conditions = [owner, *(c for c in owner.children if c.type == "elif_clause")]
    for branch in conditions:
        if branch.start_byte >= clause.start_byte:
            break
        condition = branch.child_by_field_name("condition")
        if condition is not None and type_only_when(condition.text or b"") is False:
            return TYPE_ONLY
    return 0
