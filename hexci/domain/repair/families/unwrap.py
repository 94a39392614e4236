"""Unwrapping: the operand without its operator, the argument without its call."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site


def propose(site: Site) -> Iterator[Proposal]:
    """What remains when one layer of an expression is taken away."""
    node = site.node
    if isinstance(node, ast.BinOp):
        yield site.put(node, site.text(node.left), "keep the left", 0.8)
        yield site.put(node, site.text(node.right), "keep the right", 0.6)
    elif isinstance(node, ast.Call):
        yield from _of_call(site, node)
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        yield site.put(node, site.text(node.operand), "drop the sign", 0.7)
    elif isinstance(node, ast.IfExp):
        yield site.put(node, site.text(node.body), "keep the first branch", 0.5)
        yield site.put(node, site.text(node.orelse), "keep the other branch", 0.5)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        weight = 0.6 if isinstance(node.slice, ast.Slice) else 0.3
        yield site.put(node, site.text(node.value), "drop the index", weight)
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        parent = site.source.parent(node)
        if not (isinstance(parent, ast.Call) and parent.func is node):
            yield site.put(node, site.text(node.value), "drop the attribute", 0.4)
    elif isinstance(node, ast.Await):
        yield site.put(node, site.text(node.value), "drop await", 0.5)


def _of_call(site: Site, node: ast.Call) -> Iterator[Proposal]:
    if isinstance(site.source.parent(node), ast.Expr):
        return  # a call for its effect: deleting it is the statement family's
    if len(node.args) >= 1 and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
        yield site.put(node, site.text(node.args[0]), "drop the call", 0.8)
    if isinstance(node.func, ast.Attribute):
        yield site.put(node, site.text(node.func.value), "drop the method", 0.6)
    if not node.args and not node.keywords:
        yield site.put(node, site.text(node.func), "do not call", 0.3)


FAMILY = Family(
    "unwrap",
    (ast.BinOp, ast.Call, ast.UnaryOp, ast.IfExp, ast.Subscript, ast.Attribute, ast.Await),
    propose,
    ceiling=0.8,
)
