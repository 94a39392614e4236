"""Order: operands, arguments, elements, indices or targets the other way round."""

import ast
from collections.abc import Iterator
from itertools import combinations, pairwise

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_COMMUTE = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr, ast.BitXor)


def propose(site: Site) -> Iterator[Proposal]:
    """Two neighbours exchanged; three elements also rotated."""
    node = site.node
    if isinstance(node, ast.BinOp):
        joins = isinstance(node.op, ast.Add) and _is_sequence(site, node)
        weight = 0.3 if isinstance(node.op, _COMMUTE) and not joins else 0.9
        yield from _exchange(site, [node.left, node.right], weight)
    elif isinstance(node, ast.Compare) and len(node.comparators) == 1:
        weight = 0.9 if isinstance(node.ops[0], (ast.In, ast.NotIn)) else 0.3
        yield from _exchange(site, [node.left, node.comparators[0]], weight)
    elif isinstance(node, ast.Call):
        plain = [a for a in node.args if not isinstance(a, ast.Starred)]
        yield from _exchange(site, plain, 0.9)
    elif isinstance(node, (ast.Tuple, ast.List)):
        yield from _exchange(site, node.elts, 0.6 if len(node.elts) <= 4 else 0.1)
        yield from _rotated(site, node.elts)
    else:
        yield from _of_larger(site, node)


def _of_larger(site: Site, node: ast.AST) -> Iterator[Proposal]:
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Subscript):
        yield from _exchange(site, [node.value.slice, node.slice], 0.7)
        if isinstance(node.slice, ast.Name) and isinstance(node.value.value, ast.Name):
            yield from _exchange(site, [node.value.value, node.slice], 0.2)
    elif isinstance(node, ast.IfExp):
        yield from _exchange(site, [node.body, node.orelse], 0.6)
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        yield from _of_assignment(site, node.targets[0], node.value)
    elif isinstance(node, ast.DictComp):
        yield from _exchange(site, [node.key, node.value], 0.6)
    elif isinstance(node, ast.JoinedStr):
        fields = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        yield from _exchange(site, _apart(site, fields), 0.5)
    elif isinstance(node, ast.BoolOp) and len(node.values) == 2:
        yield from _exchange(site, node.values, 0.4)


def _of_assignment(site: Site, target: ast.expr, value: ast.expr) -> Iterator[Proposal]:
    """Both sides exchanged in `d[k] = v`, `a.next = b` and `a[i] = a[j]`; a pair also turned."""
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        if isinstance(value, ast.Name):
            yield from _exchange(site, [target.value, value], 0.4)
        return
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from _turned(site, target, value)
    if not isinstance(target, ast.Subscript) or isinstance(target.slice, ast.Slice):
        return
    if isinstance(value, ast.Name) and isinstance(target.slice, ast.Name):
        yield from _exchange(site, [target.slice, value], 0.4)
    elif isinstance(value, ast.Subscript) and site.text(value.value) == site.text(target.value):
        one, other = site.text(target), site.text(value)
        edits = (site.source.replace(target, f"{one}, {other}"),
                 site.source.replace(value, f"{other}, {one}"))  # fmt: skip
        yield Proposal(edits, "swap both", 0.4)


def _turned(site: Site, target: ast.Tuple, value: ast.Tuple) -> Iterator[Proposal]:
    names = [element.id for element in target.elts if isinstance(element, ast.Name)]
    read = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
    if len(names) == len(target.elts) == 2 and read == {*names}:
        one, other = names
        for text in (f"-{other}, {one}", f"{other}, -{one}", f"-{other}, -{one}"):
            shown = f"({text})" if site.text(value).startswith("(") else text
            yield Proposal((Edit(*site.source.span(value), shown),), "turn", 0.3)


def _apart(site: Site, fields: list[ast.expr]) -> list[ast.expr]:
    """Those whose places are known: before Python 3.12 several may seem to share one."""
    places = {site.source.span(field): field for field in fields if site.source.is_in_place(field)}
    return list(places.values())


def _is_sequence(site: Site, node: ast.BinOp) -> bool:
    """Whether a sum joins texts or lists, as far as its operands tell."""
    return any(
        isinstance(side, (ast.JoinedStr, ast.List, ast.ListComp))
        or (isinstance(side, ast.Constant) and isinstance(side.value, (str, bytes)))
        or (isinstance(side, ast.Subscript) and isinstance(side.slice, ast.Slice))
        or (isinstance(side, ast.BinOp) and _is_sequence(site, side))
        or (isinstance(side, ast.Name) and not site.scope.is_number(side.id))
        for side in (node.left, node.right)
    )


def _exchange(site: Site, nodes: list[ast.expr], weight: float) -> Iterator[Proposal]:
    pairs = list(combinations(nodes, 2)) if len(nodes) <= 4 else list(pairwise(nodes))
    for one, other in pairs:
        first, second = site.text(one), site.text(other)
        if first != second:
            edits = (site.source.replace(one, second), site.source.replace(other, first))
            yield Proposal(edits, "swap", weight)


def _rotated(site: Site, nodes: list[ast.expr]) -> Iterator[Proposal]:
    if len(nodes) != 3:
        return
    texts = [site.text(n) for n in nodes]
    for order in ((1, 2, 0), (2, 0, 1)):
        edits = tuple(
            Edit(*site.source.span(n), texts[i]) for n, i in zip(nodes, order, strict=True)
        )
        yield Proposal(edits, "rotate", 0.3)


FAMILY = Family(
    "operands",
    (ast.BinOp, ast.Compare, ast.Call, ast.Tuple, ast.List, ast.Subscript, ast.IfExp, ast.BoolOp,
     ast.JoinedStr, ast.DictComp, ast.Assign),
    propose,
    ceiling=0.9,
)  # fmt: skip
