"""Another small expression of the same kind, made of what the function knows."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.expressions import is_like_number, is_like_sequence, numbers, sequences
from hexci.domain.repair.proposal import Family, Proposal, Site

_ROLES = (
    ast.Assign, ast.AugAssign, ast.Return, ast.Compare, ast.Subscript, ast.Slice, ast.BinOp,
    ast.Tuple, ast.List, ast.keyword, ast.Yield, ast.YieldFrom, ast.For, ast.IfExp,
)  # fmt: skip
_WHOLE = (ast.Assign, ast.AugAssign, ast.Return, ast.Call)  # roles that are a whole value


def propose(site: Site) -> Iterator[Proposal]:
    """What is not found in the text: the shortest expressions there could be in this place."""
    node, parent = site.node, site.source.parent(site.node)
    assert isinstance(node, ast.expr)  # noqa: S101
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or not _has_role(node, parent):
        return
    own = site.text(node)
    if is_like_number(site.scope, node):
        found = numbers(site.scope)
    elif is_like_sequence(site.scope, node):
        found = sequences(site.scope)
    else:
        return
    share = 1.0 if isinstance(parent, _WHOLE) else 0.6
    for text, weight in found:
        if text != own:
            yield site.put(node, text, f"made: {text}", share * weight)


def _has_role(node: ast.expr, parent: ast.AST | None) -> bool:
    if isinstance(parent, ast.Call):
        return node in parent.args
    if isinstance(parent, ast.Subscript):
        return parent.slice is node
    return isinstance(parent, _ROLES)


FAMILY = Family(
    "made",
    (ast.Name, ast.Constant, ast.BinOp, ast.Call, ast.Subscript, ast.UnaryOp, ast.List,
     ast.ListComp),
    propose,
    ceiling=0.5,
    turns_behind=10,
)  # fmt: skip
