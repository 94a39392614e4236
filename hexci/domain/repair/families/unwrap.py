"""Unwrapping: the operand without its operator, the argument without its call."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, as_operand

_COUNTED = ("Counter", "dict", "defaultdict")
_MOST = 6  # names in place of a length


def propose(site: Site) -> Iterator[Proposal]:
    """What remains when one layer of an expression is taken away."""
    node = site.node
    if isinstance(node, ast.BinOp):
        yield site.put(node, site.text(node.left), "keep the left", 0.5)
        yield site.put(node, site.text(node.right), "keep the right", 0.4)
        if isinstance(node.op, ast.Sub):
            yield site.put(
                node, f"-{as_operand(site.text(node.right))}", "keep the right, negated", 0.25
            )
    elif isinstance(node, ast.Call):
        yield from _of_call(site, node)
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        yield site.put(node, site.text(node.operand), "drop the sign", 0.7)
    elif isinstance(node, ast.IfExp):
        yield site.put(node, site.text(node.body), "keep the first branch", 0.5)
        yield site.put(node, site.text(node.orelse), "keep the other branch", 0.5)
    elif isinstance(node, (ast.Subscript, ast.Attribute)):
        if isinstance(node.ctx, ast.Load):
            yield from _of_part(site, node)
    elif isinstance(node, ast.Compare) and len(node.ops) > 1:
        yield from _shortened(site, node)
    elif isinstance(node, ast.Await):
        yield site.put(node, site.text(node.value), "drop await", 0.5)


def _of_part(site: Site, node: ast.Subscript | ast.Attribute) -> Iterator[Proposal]:
    if isinstance(node, ast.Attribute):
        parent = site.source.parent(node)
        if not (isinstance(parent, ast.Call) and parent.func is node):
            yield site.put(node, site.text(node.value), "drop the attribute", 0.4)
        return
    weight = 0.6 if isinstance(node.slice, ast.Slice) else 0.3
    yield site.put(node, site.text(node.value), "drop the index", weight)
    if not isinstance(node.slice, (ast.Slice, ast.Tuple, ast.Constant)):
        yield site.put(node, site.text(node.slice), "keep the index", 0.25)


def _of_call(site: Site, node: ast.Call) -> Iterator[Proposal]:
    if isinstance(site.source.parent(node), ast.Expr):
        return  # a call for its effect: deleting it is the statement family's
    if len(node.args) >= 1 and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
        yield site.put(node, site.text(node.args[0]), "drop the call", 0.8)
    for argument in node.args[1:]:
        if not isinstance(argument, ast.Starred):
            yield site.put(node, site.text(argument), "keep an argument", 0.3)
    if isinstance(node.func, ast.Attribute):
        yield site.put(node, site.text(node.func.value), "drop the method", 0.6)
    if isinstance(node.func, ast.Name) and node.func.id == "len":
        for name in [n for n in site.names if site.scope.was_seen(n, {"int"})][:_MOST]:
            yield site.put(node, name, f"len to {name}", 0.2)
        for held in [a for a in node.args if site.scope.was_seen(site.text(a), _COUNTED)]:
            yield site.put(node, f"sum({site.text(held)}.values())", "sum of the values", 0.5)
    if not node.args and not node.keywords:
        yield site.put(node, site.text(node.func), "do not call", 0.3)


def _shortened(site: Site, node: ast.Compare) -> Iterator[Proposal]:
    """A chain of comparisons without its first or last member."""
    start, end = site.source.span(node)
    second, last = node.comparators[0], node.comparators[-2]
    first_dropped = Edit(start, site.source.span(second)[0], "")
    last_dropped = Edit(site.source.span(last)[1], end, "")
    yield Proposal((first_dropped,), "drop the first comparison", 0.4)
    yield Proposal((last_dropped,), "drop the last comparison", 0.4)


FAMILY = Family(
    "unwrap",
    (ast.BinOp, ast.Call, ast.UnaryOp, ast.IfExp, ast.Subscript, ast.Attribute, ast.Await,
     ast.Compare),
    propose,
    ceiling=0.8,
)  # fmt: skip
