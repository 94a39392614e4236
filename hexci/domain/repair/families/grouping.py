"""Grouping: what is calculated first, as parentheses or their absence make it."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import as_operand

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|",
    ast.BitXor: "^",
}  # fmt: skip
_FREE = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr, ast.BitXor)  # in whatever groups
_SHARES = (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)


def propose(site: Site) -> Iterator[Proposal]:
    """The same operands and operators in other groups."""
    node = site.node
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        yield from _regrouped(site, node)
        yield from _into_call(site, node)
    elif isinstance(node, ast.BoolOp):
        yield from _of_conditions(site, node)
    elif isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield from _out_of_call(site, node, node.args[0])


def _regrouped(site: Site, node: ast.BinOp) -> Iterator[Proposal]:
    sign = _SIGNS[type(node.op)]
    left, right = node.left, node.right
    if isinstance(left, ast.UnaryOp) and isinstance(left.op, ast.USub):
        text = f"-({site.text(left.operand)} {sign} {site.text(right)})"
        yield site.put(node, text, "the sign last", 0.5)
    if isinstance(left, ast.BinOp) and type(left.op) in _SIGNS:
        one, two, three = map(site.text, (left.left, left.right, right))
        inner = _SIGNS[type(left.op)]
        if not (type(left.op) is type(node.op) and isinstance(node.op, _FREE)):
            text = f"{as_operand(one)} {inner} ({two} {sign} {three})"
            yield site.put(node, text, "the last first", 0.6)
        if isinstance(node.op, _SHARES) and isinstance(left.op, _SHARES) and inner != sign:
            text = f"{as_operand(one)} {sign} {as_operand(three)} {inner} "
            yield site.put(node, text + as_operand(two), "the other first", 0.6)
    if isinstance(right, ast.BinOp) and type(right.op) in _SIGNS:
        one, two, three = map(site.text, (left, right.left, right.right))
        if not (type(right.op) is type(node.op) and isinstance(node.op, _FREE)):
            text = f"({one} {sign} {two}) {_SIGNS[type(right.op)]} {as_operand(three)}"
            yield site.put(node, text, "the first first", 0.8)


def _into_call(site: Site, node: ast.BinOp) -> Iterator[Proposal]:
    """`f(a) + b` as `f(a + b)`."""
    call, sign = node.left, _SIGNS[type(node.op)]
    if isinstance(call, ast.Call) and len(call.args) == 1 and not call.keywords:
        inner = f"{as_operand(site.text(call.args[0]))} {sign} {as_operand(site.text(node.right))}"
        yield site.put(node, f"{site.text(call.func)}({inner})", "into the call", 0.4)


def _out_of_call(site: Site, node: ast.Call, argument: ast.expr) -> Iterator[Proposal]:
    """`f(a + b)` as `f(a) + b` and as `a + f(b)`."""
    if isinstance(argument, ast.BinOp) and type(argument.op) in _SIGNS:
        name, sign = site.text(node.func), _SIGNS[type(argument.op)]
        left, right = site.text(argument.left), site.text(argument.right)
        yield site.put(node, f"{name}({left}) {sign} {as_operand(right)}", "out of the call", 0.6)
        yield site.put(node, f"{as_operand(left)} {sign} {name}({right})", "out of the call", 0.4)


def _of_conditions(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    """`a or b and c` as `(a or b) and c`; `not a and b` as `not (a and b)`."""
    values = node.values
    if len(values) != 2:
        return
    word = "and" if isinstance(node.op, ast.And) else "or"
    one, two = values
    first, second = site.text(one), site.text(two)
    if isinstance(one, ast.BoolOp) and type(one.op) is not type(node.op) and len(one.values) == 2:
        outer = "and" if word == "or" else "or"
        start, end = (site.text(value) for value in one.values)
        yield site.put(node, f"{start} {outer} ({end} {word} {second})", "the last first", 0.7)
    if isinstance(two, ast.BoolOp) and type(two.op) is not type(node.op) and len(two.values) == 2:
        outer = "and" if word == "or" else "or"
        start, end = (site.text(value) for value in two.values)
        yield site.put(node, f"({first} {word} {start}) {outer} {end}", "the first first", 0.7)
    if isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.Not):
        text = f"not ({site.text(one.operand)} {word} {second})"
        yield site.put(node, text, "not both", 0.5)


FAMILY = Family("grouping", (ast.BinOp, ast.BoolOp, ast.Call), propose, ceiling=0.8)
