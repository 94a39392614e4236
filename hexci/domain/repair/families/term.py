"""One more term: `x` as `x + y`, `f(x)` as `1 + f(x)`, a list with one more element in front."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site

_MOST = 8


def propose(site: Site) -> Iterator[Proposal]:
    """An operand added to a value that is returned, assigned, passed or compared."""
    node = site.node
    assert isinstance(node, ast.expr)  # noqa: S101
    parent = site.source.parent(node)
    roles = (ast.Return, ast.Assign, ast.AugAssign, ast.Call, ast.Compare, ast.BinOp, ast.Yield,
             ast.Subscript, ast.Slice, ast.IfExp, ast.YieldFrom)  # fmt: skip
    if not isinstance(parent, roles) or (isinstance(parent, ast.Call) and parent.func is node):
        return
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    text = site.text(node)
    if len(text) > 70 or "\n" in text:
        return
    weight = 0.6 if isinstance(parent, (ast.Return, ast.Assign, ast.AugAssign)) else 0.3
    shown = (
        text
        if isinstance(node, (ast.Name, ast.Call, ast.Subscript, ast.Attribute))
        else f"({text})"
    )
    if isinstance(node, ast.Call) and not isinstance(parent, (ast.Compare, ast.Subscript)):
        yield site.put(node, f"1 + {shown}", "one more", weight)
    for term, share in _terms(site, node):
        for operator in ("+", "-", "*"):
            change = f"{shown} {operator} {term}"
            yield site.put(node, change, f"{operator} {term}", weight * share)
        yield site.put(node, f"{term} - {shown}", f"{term} -", weight * share * 0.4)
        yield site.put(node, f"{shown} % {term}", f"% {term}", weight * share * 0.4)
    yield from _joined(site, node, shown, weight)


def _terms(site: Site, node: ast.expr) -> Iterator[tuple[str, float]]:
    own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    names = [
        n for n in site.scope.locals
        if site.scope.is_number(n) and n not in ("self", "cls") and n not in own
    ]  # fmt: skip
    known = [n for n in names if site.scope.types.get(n)]
    yield from ((n, 0.5) for n in (known or names)[:_MOST])
    for other in site.scope.expressions:
        sliced = isinstance(getattr(other, "slice", None), ast.Slice)
        short = isinstance(other, (ast.Subscript, ast.Attribute)) and len(site.text(other)) < 30
        if short and not sliced:
            yield site.text(other), 0.3
    for attribute in list(site.scope.attributes.get("self", {}))[:_MOST]:
        if attribute not in site.scope.functions:
            yield f"self.{attribute}", 0.4


def _joined(site: Site, node: ast.expr, shown: str, weight: float) -> Iterator[Proposal]:
    lists = isinstance(node, (ast.Call, ast.ListComp, ast.List, ast.Name, ast.Subscript))
    if not lists:
        return
    names = [n for n in site.scope.locals if n not in ("self", "cls")][:_MOST]
    for name in names:
        kinds = site.scope.types.get(name, frozenset())
        if kinds & {"list", "str", "tuple"} or not kinds:
            yield site.put(node, f"{name} + {shown}", f"{name} in front", weight * 0.5)
        yield site.put(node, f"[{name}] + {shown}", f"[{name}] in front", weight * 0.7)
        yield site.put(node, f"{shown} + [{name}]", f"[{name}] at the end", weight * 0.5)


FAMILY = Family(
    "term",
    (ast.Name, ast.Call, ast.BinOp, ast.Subscript, ast.Attribute, ast.Constant),
    propose,
    ceiling=0.6,
)
