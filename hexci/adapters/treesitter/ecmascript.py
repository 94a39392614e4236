"""TypeScript and JavaScript imports by a full parse."""

from functools import lru_cache

from tree_sitter import Node, Query, QueryCursor

from hexci.adapters.treesitter.grammars import language, parser
from hexci.adapters.treesitter.parsing import first_error
from hexci.domain.boundaries.ecmascript.blocks import script_of
from hexci.domain.boundaries.ecmascript.scan import import_bits, references
from hexci.domain.boundaries.kinds import DYNAMIC, REEXPORT, TYPE_ONLY, Extract, RawImport

_QUERY = """
(import_statement) @import
(export_statement source: (string)) @export
(call_expression
  function: [(import) (identifier) (member_expression) (call_expression)] @callee) @call
"""
_TYPES = frozenset(
    ("type_annotation", "type_query", "type_arguments", "type_alias_declaration",
     "interface_declaration", "as_expression", "satisfies_expression", "generic_type")
)  # fmt: skip


def read(path: str, data: bytes) -> Extract:
    """The imports of a file, with what could not be read."""
    data = script_of(data, path).removeprefix(b"\xef\xbb\xbf")
    grammar = _grammar(path)
    root = parser(grammar).parse(data).root_node
    captures = QueryCursor(_query(grammar)).captures(root)
    found: list[RawImport] = references(data)
    for node in captures.get("import", []):
        found += _import(node)
    for node in captures.get("export", []):
        found += _export(node)
    for node in captures.get("call", []):
        found += _call(node)
    found.sort(key=lambda item: (item[1], item[2]))
    return Extract(tuple(dict.fromkeys(found)), first_error(root))


@lru_cache
def _query(grammar: str) -> Query:
    return Query(language(grammar), _QUERY)


def _grammar(path: str) -> str:
    if path.endswith((".js", ".mjs", ".cjs", ".jsx")):
        return "javascript"
    return "tsx" if path.endswith(".tsx") else "typescript"


def _import(node: Node) -> list[RawImport]:
    source = node.child_by_field_name("source")
    if source is None:
        clause = next((c for c in node.children if c.type == "import_require_clause"), None)
        source = clause.child_by_field_name("source") if clause is not None else None
        if source is None:
            return []
        typed = any(child.type == "type" for child in node.children)
        return [_row(node, _value(source), TYPE_ONLY if typed else 0)]
    text = node.text or b""
    clause_text = text[len(b"import") : source.start_byte - node.start_byte].strip()
    bits = import_bits(clause_text.removesuffix(b"from"))
    return [_row(node, _value(source), bits)]


def _export(node: Node) -> list[RawImport]:
    source = node.child_by_field_name("source")
    if source is None:
        return []
    text = (node.text or b"")[len(b"export") :].lstrip()
    typed = text.startswith((b"type ", b"type{", b"type*")) or _only_types(node)
    return [_row(node, _value(source), REEXPORT | (TYPE_ONLY if typed else 0))]


def _only_types(node: Node) -> bool:
    clause = next((c for c in node.children if c.type == "export_clause"), None)
    names = [] if clause is None else [c for c in clause.named_children if c.type != "comment"]
    return bool(names) and all((c.text or b"").startswith(b"type ") for c in names)


def _call(node: Node) -> list[RawImport]:
    callee = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if callee is None or arguments is None:
        return []
    name = (callee.text or b"").replace(b" ", b"")
    dynamic = name in {b"import", b"import.defer", b"import.source"}
    if not dynamic and name != b"require" and not _made_require(callee):
        return []
    first = next((c for c in arguments.named_children if c.type != "comment"), None)
    spec = None if first is None else _literal(first)
    if spec is None:
        return []
    typed = _in_types(node)
    return [_row(node, spec, TYPE_ONLY if typed else DYNAMIC if dynamic else 0)]


def _made_require(callee: Node) -> bool:
    """`createRequire(import.meta.url)("./a")`."""
    return (callee.text or b"").startswith(b"createRequire(")


def _literal(node: Node) -> str | None:
    if node.type == "string":
        return _value(node)
    if node.type == "template_string" and not any(
        child.type == "template_substitution" for child in node.children
    ):
        return (node.text or b"")[1:-1].decode("utf-8", "replace")
    return None


def _in_types(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.type not in {"statement_block", "program"}:
        if parent.type in _TYPES:
            return parent.type not in {"as_expression", "satisfies_expression"} or (
                parent.children[0].end_byte < node.start_byte
            )
        parent = parent.parent
    return False


def _value(node: Node) -> str:
    return (node.text or b"")[1:-1].decode("utf-8", "replace")


def _row(node: Node, spec: str, bits: int) -> RawImport:
    return (spec, node.start_point[0] + 1, node.start_point[1] + 1, bits)
