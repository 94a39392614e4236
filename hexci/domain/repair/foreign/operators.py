"""The operator families that carry over to any language with C-like expressions."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hexci.domain.repair.foreign.tree import Node, Tree
from hexci.domain.repair.proposal import Proposal
from hexci.domain.repair.source import Edit

Found = Iterator[tuple[str, Node, Proposal]]

_COMPARE = {
    "<": ("<=", ">", "!="), "<=": ("<", ">="), ">": (">=", "<", "!="), ">=": (">", "<="),
    "==": ("!=", "<=", ">="), "!=": ("==",), "===": ("!==",), "!==": ("===",),
}  # fmt: skip
_ARITHMETIC = {
    "+": ("-", "*"), "-": ("+", "*"), "*": ("+", "/", "-"), "/": ("*", "%"), "%": ("/", "*"),
    "+=": ("-=", "="), "-=": ("+=", "="), "*=": ("+=",), "=": ("+=",), "++": ("--",),
    "--": ("++",), "<<": (">>",), ">>": ("<<",), "&": ("|",), "|": ("&",),
}  # fmt: skip
_BOOLEAN = {"&&": ("||",), "||": ("&&",), "true": ("false",), "false": ("true",)}
_NUMBERS = {"number", "int_literal", "integer_literal", "float_literal", "decimal_integer_literal"}
_NAMES = {"identifier"}
_MEMBERS = {"property_identifier", "field_identifier"}
_BINARY = {"binary_expression", "assignment_expression"}
_FUNCTIONS = {
    "function_declaration", "method_definition", "function_item", "method_declaration",
    "arrow_function", "function_expression", "function", "closure_expression",
}  # fmt: skip
_STATEMENTS = {"expression_statement", "assignment_statement", "inc_statement", "dec_statement"}
_KIN = (
    ("min", "max"), ("Min", "Max"), ("floor", "ceil", "round", "trunc"), ("push", "unshift"),
    ("pop", "shift"), ("indexOf", "lastIndexOf"), ("toLowerCase", "toUpperCase"),
    ("startsWith", "endsWith"), ("some", "every"), ("slice", "splice", "substring"),
    ("find", "filter", "findIndex"), ("keys", "values", "entries"),
    ("trimStart", "trimEnd", "trim"),
    ("HasPrefix", "HasSuffix"), ("ToLower", "ToUpper"), ("Index", "LastIndex"),
    ("starts_with", "ends_with"), ("is_some", "is_none"), ("is_ok", "is_err"), ("any", "all"),
    ("first", "last"), ("push", "insert"), ("trim", "trim_start", "trim_end"),
    ("saturating_sub", "wrapping_sub", "saturating_add"), ("to_lowercase", "to_uppercase"),
)  # fmt: skip


def proposals(tree: Tree) -> Found:
    """Every proposal for a file as (family, the node it is about, the proposal)."""
    for node in tree.leaves:
        text = tree.text(node)
        yield from _exchanged(node, text)
        if node.kind in _NUMBERS:
            yield from _number(node, text)
        elif node.kind in _NAMES:
            yield from _variable(tree, node, text)
        elif node.kind in _MEMBERS:
            yield from _member(node, text)
    for index, node in enumerate(tree.nodes):
        if node.kind in _BINARY:
            yield from _binary(tree, node, tree.children(index))
        elif node.kind in ("arguments", "argument_list"):
            yield from _arguments(tree, node, tree.children(index))
        elif node.kind in ("if_statement", "while_statement", "if_expression"):
            yield from _condition(tree, node, tree.children(index))
        elif node.kind in _STATEMENTS:
            suspect = "(" in tree.text(node)
            edit = Edit(node.start, node.end, "")
            yield "statement", node, Proposal((edit,), "delete", 0.3, suspect)


def _exchanged(node: Node, text: str) -> Found:
    tables = (("comparison", _COMPARE), ("arithmetic", _ARITHMETIC), ("boolean", _BOOLEAN))
    for family, table in tables:
        if node.named and text not in ("true", "false"):
            continue
        for rank, new in enumerate(table.get(text, ())):
            edit = Edit(node.start, node.end, new)
            yield family, node, Proposal((edit,), f"{text} to {new}", 1.0 / (1 + 0.5 * rank))


def _number(node: Node, text: str) -> Found:
    if not text.isdigit():
        return
    value = int(text)
    others = dict.fromkeys((value + 1, value - 1, 0, 1))
    for rank, new in enumerate(n for n in others if n != value and n >= 0):
        edit = Edit(node.start, node.end, str(new))
        yield "constant", node, Proposal((edit,), f"{text} to {new}", 1.0 / (1 + 0.4 * rank))


def _variable(tree: Tree, node: Node, text: str) -> Found:
    function = next((n for n in tree.around(node) if n.kind in _FUNCTIONS), None)
    if function is None:
        return
    names = [
        tree.text(n)
        for n in tree.nodes
        if n.kind in _NAMES and function.start <= n.start and n.end <= function.end
    ]
    for name in [n for n in dict.fromkeys(names) if n != text][:12]:
        edit = Edit(node.start, node.end, name)
        yield "variable", node, Proposal((edit,), f"{text} to {name}", 0.6)


def _member(node: Node, text: str) -> Found:
    for name in dict.fromkeys(n for group in _KIN if text in group for n in group if n != text):
        edit = Edit(node.start, node.end, name)
        yield "names", node, Proposal((edit,), f".{text} to .{name}", 0.8)


def _binary(tree: Tree, node: Node, parts: Sequence[Node]) -> Found:
    if len(parts) != 3:
        return
    left, operator, right = parts
    sign = tree.text(operator)
    if sign in _COMPARE:
        for change in (" + 1", " - 1"):
            edit = Edit(right.end, right.end, change)
            yield "boundary", right, Proposal((edit,), change.strip(), 0.6)
    if sign in _ARITHMETIC or sign in _BOOLEAN:
        for part, side in ((left, "left"), (right, "right")):
            if "=" not in sign:
                edit = Edit(node.start, node.end, tree.text(part))
                yield "unwrap", node, Proposal((edit,), f"keep the {side}", 0.6)
    if sign in ("-", "/", "%", "<", ">", "<=", ">="):
        yield "operands", node, _swap(tree, left, right, 0.6)


def _arguments(tree: Tree, node: Node, parts: Sequence[Node]) -> Found:
    values = [p for p in parts if p.named]
    for one, other in pairwise(values):
        if tree.text(one) != tree.text(other):
            yield "operands", node, _swap(tree, one, other, 0.8)
    for value in values:
        for change in (" + 1", " - 1"):
            edit = Edit(value.end, value.end, change)
            yield "boundary", value, Proposal((edit,), change.strip(), 0.3)


def _condition(tree: Tree, node: Node, parts: Sequence[Node]) -> Found:
    test = next((p for p in parts if p.named), None)
    if test is None:
        return
    inner = tree.text(test)
    text = f"(!{inner})" if inner.startswith("(") else f"!({inner})"
    yield "boolean", node, Proposal((Edit(test.start, test.end, text),), "negate", 0.7)


def _swap(tree: Tree, one: Node, other: Node, weight: float) -> Proposal:
    edits = (
        Edit(one.start, one.end, tree.text(other)),
        Edit(other.start, other.end, tree.text(one)),
    )
    return Proposal(edits, "swap", weight)
