"""Off by one: a bound, an index, an argument of `range`, a slice, a returned count."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site

_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_NUMERIC_CALLS = ("len", "int", "sum", "min", "max", "ord", "abs", "round")
_NUMERIC_METHODS = ("index", "rindex", "find", "rfind", "count", "bit_length", "toordinal")

_TRUTHS = (ast.Compare, ast.BoolOp)


def propose(site: Site) -> Iterator[Proposal]:
    """`+ 1` and `- 1` on number-like expressions that bound something."""
    if isinstance(site.node, ast.Tuple):
        yield from _moved(site, site.node.elts)
    elif isinstance(site.node, ast.Call):
        yield from _moved(site, site.node.args)
    elif isinstance(site.node, (ast.Compare, ast.Subscript)):
        yield from _together(site, site.node)
    for node, weight in _bounds(site.node):
        if not _may_be_number(site, node):
            continue
        text = site.text(node)
        for sign in _signs(node):
            yield from _shifted(site, node, text, sign, weight)


def _shifted(site: Site, node: ast.expr, text: str, sign: str, weight: float) -> Iterator[Proposal]:
    if isinstance(node, ast.BinOp) and is_one(node.right):  # noqa: SIM102
        if isinstance(node.op, (ast.Add, ast.Sub)):
            yield site.put(node, site.text(node.left), "drop the one", weight)
            return
    loose = isinstance(node, (ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda))
    shown = f"({text})" if loose else text
    yield site.put(node, f"{shown} {sign} 1", f"{sign} 1", weight)


def _moved(site: Site, nodes: list[ast.expr]) -> Iterator[Proposal]:
    """`f(i, j - 1)` as `f(i - 1, j)`: the one belongs to a neighbour."""
    for node in nodes:
        if isinstance(node, ast.BinOp) and is_one(node.right):
            if not isinstance(node.op, (ast.Add, ast.Sub)):
                continue
            sign = "+" if isinstance(node.op, ast.Add) else "-"
            dropped = site.source.replace(node, site.text(node.left))
            for other in nodes:
                if isinstance(other, (ast.Name, ast.Attribute)):
                    added = site.source.replace(other, f"{site.text(other)} {sign} 1")
                    yield Proposal((dropped, added), "move the one", 0.3)


def _together(site: Site, node: ast.Compare | ast.Subscript) -> Iterator[Proposal]:
    """`a[i] == b[j]` as `a[i - 1] == b[j - 1]`, `a[i][j]` as `a[i - 1][j - 1]`."""
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else [node, node.value]
    places = [side.slice for side in sides if isinstance(side, ast.Subscript)]
    if len(places) == 2 and all(isinstance(place, ast.Name) for place in places):
        for sign in "-+":
            edits = [site.source.replace(p, f"{site.text(p)} {sign} 1") for p in places]
            yield Proposal(tuple(edits), f"both {sign} 1", 0.3)


def _signs(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.BinOp) and is_one(node.right):
        return ("-",)
    return ("-", "+")


def _bounds(node: ast.AST) -> Iterator[tuple[ast.expr, float]]:
    if isinstance(node, ast.Compare) and all(isinstance(op, _ORDERED) for op in node.ops):
        yield node.comparators[-1], 0.7
        yield node.left, 0.5
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        weight = 1.0 if node.func.id == "range" else 0.4
        yield from ((argument, weight) for argument in reversed(node.args))
    elif isinstance(node, ast.Call):
        yield from ((argument, 0.3) for argument in node.args)
    elif isinstance(node, ast.Subscript):
        yield from _of_index(node.slice)
    elif isinstance(node, (ast.Return, ast.Assign, ast.AugAssign)) and node.value is not None:
        yield node.value, 0.35
    else:
        yield from ((value, 0.25) for value in _values(node))


def _values(node: ast.AST) -> Iterator[ast.expr]:
    """What a smaller expression gives on."""
    if isinstance(node, (ast.Yield, ast.keyword)) and node.value is not None:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Lambda):
        yield node.body
    elif isinstance(node, ast.DictComp):
        yield node.value
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        yield node.elt
    elif isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Add, ast.Sub)):
        yield from (node.left, node.right)
    elif isinstance(node, (ast.Tuple, ast.List)):
        yield from node.elts


def _of_index(index: ast.expr) -> Iterator[tuple[ast.expr, float]]:
    if isinstance(index, ast.Slice):
        yield from ((end, 0.9) for end in (index.upper, index.lower) if end is not None)
    elif not isinstance(index, ast.Tuple):
        yield index, 0.7


def is_one(node: ast.expr) -> bool:
    """Whether an operand is the number one."""
    return isinstance(node, ast.Constant) and node.value == 1


def _may_be_number(site: Site, node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return False  # the constant family has it
    if isinstance(node, ast.Name):
        return site.scope.is_number(node.id)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            return node.func.attr in _NUMERIC_METHODS
        return isinstance(node.func, ast.Name) and (
            node.func.id in _NUMERIC_CALLS or _gives_numbers(site, node.func.id)
        )
    return isinstance(node, (ast.BinOp, ast.Attribute, ast.Subscript, ast.UnaryOp))


def _gives_numbers(site: Site, name: str) -> bool:
    """Whether a function of the file may return a number; not where it returns a truth."""
    function = site.scope.functions.get(name)
    returns = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)] if function else []
    return function is not None and not any(isinstance(value, _TRUTHS) for value in returns)


FAMILY = Family(
    "boundary",
    (ast.Compare, ast.Call, ast.Subscript, ast.Return, ast.Assign, ast.AugAssign, ast.Tuple,
     ast.List, ast.Yield, ast.keyword, ast.IfExp, ast.Lambda, ast.ListComp, ast.SetComp,
     ast.DictComp, ast.GeneratorExp, ast.BinOp),
    propose,
)  # fmt: skip
