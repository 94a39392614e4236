"""Boolean structure: `and` for `or`, a condition negated, a conjunct dropped."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_SIGNS = dict(zip(_ORDERED, ("<", "<=", ">", ">="), strict=True))


def propose(site: Site) -> Iterator[Proposal]:
    """Exchanges, negations and drops in one condition."""
    node = site.node
    if isinstance(node, ast.BoolOp):
        yield from _exchanged(site, node)
        yield from _dropped(site, node)
        yield from _in_order(site, node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield site.put(node, site.text(node.operand), "drop not", 0.9)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        yield from _negated(site, node.test, 0.5)
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield from _negated(site, test, 0.4)


def _exchanged(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    edits = []
    for left, right in zip(node.values, node.values[1:], strict=False):
        start, end = site.source.span(left)[1], site.source.span(right)[0]
        between = site.source.between(start, end)
        at = start + len(between[: between.find(old)].encode())
        if old in between:
            edits.append(Edit(at, at + len(old), new))
    yield Proposal(tuple(edits), f"{old} to {new}", 0.7)
    yield from _alike(site, node)
    yield from _one_negated(site, node, new)
    if len(edits) > 1:
        for edit in edits:
            yield Proposal((edit,), f"one {old} to {new}", 0.4)


def _one_negated(site: Site, node: ast.BoolOp, word: str) -> Iterator[Proposal]:
    """`a and b` as `not a or b` and as `a or not b`."""
    if len(node.values) != 2:
        return
    texts = [site.text(v) if not isinstance(v, ast.BoolOp) else f"({site.text(v)})"
             for v in node.values]  # fmt: skip
    for at, value in enumerate(node.values):
        is_not = isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)
        bare = site.text(value.operand) if isinstance(value, ast.UnaryOp) and is_not else ""
        parts = [*texts]
        parts[at] = bare or f"not {texts[at]}"
        yield site.put(node, f" {word} ".join(parts), f"{word}, one negated", 0.4)


def _alike(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    """`a and b` as both or neither, `a or b` and `a and not b` as one without the other."""
    if len(node.values) != 2:
        return
    nots = [isinstance(v, ast.UnaryOp) and isinstance(v.op, ast.Not) for v in node.values]
    bare = [v.operand if isinstance(v, ast.UnaryOp) and n else v
            for v, n in zip(node.values, nots, strict=True)]  # fmt: skip
    if any(isinstance(value, (ast.BoolOp, ast.Compare)) for value in bare):
        return
    same = isinstance(node.op, ast.And) == (nots[0] == nots[1])
    sign = "==" if same else "!="
    yield site.put(node, f"{site.text(bare[0])} {sign} {site.text(bare[1])}", "alike", 0.2)


def _in_order(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    """`a < b or c < d` as `(a, c) < (b, d)`: the second counts only where the first are equal."""
    if not isinstance(node.op, ast.Or) or len(node.values) != 2:
        return
    one, other = node.values
    if isinstance(one, ast.Compare) and isinstance(other, ast.Compare):
        operators = [*one.ops, *other.ops]
        if len(operators) == 2 and all(isinstance(op, _ORDERED) for op in operators):
            left = f"({site.text(one.left)}, {site.text(other.left)})"
            right = f"({site.text(one.comparators[0])}, {site.text(other.comparators[0])})"
            sign = _SIGNS[type(other.ops[0])]
            yield site.put(node, f"{left} {sign} {right}", "one after the other", 0.5)


def _dropped(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    word = "and" if isinstance(node.op, ast.And) else "or"
    for index, value in enumerate(node.values):
        rest = [v for v in node.values if v is not value]
        if len(rest) == 1:
            yield site.put(node, site.text(rest[0]), "drop an operand", 0.4)
        elif index + 1 < len(node.values):
            edit = Edit(site.source.span(value)[0], site.source.span(node.values[index + 1])[0], "")
            yield Proposal((edit,), "drop an operand", 0.35)
        else:
            before = site.source.span(node.values[index - 1])[1]
            yield Proposal((Edit(before, site.source.span(value)[1], ""),), "drop an operand", 0.35)
    for value in node.values:
        if not isinstance(value, (ast.Compare, ast.UnaryOp)):
            text = f"not {site.text(value)}"
            yield Proposal((Edit(*site.source.span(value), text),), f"not in {word}", 0.5)


def _negated(site: Site, test: ast.expr, weight: float) -> Iterator[Proposal]:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return  # dropped above
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return  # the comparison family has the opposite
    text = site.text(test)
    loose = isinstance(test, (ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr, ast.Compare))
    edit = Edit(*site.source.span(test), f"not ({text})" if loose else f"not {text}")
    yield Proposal((edit,), "negate", weight)


FAMILY = Family(
    "boolean", (ast.BoolOp, ast.UnaryOp, ast.If, ast.While, ast.IfExp, ast.comprehension), propose
)
