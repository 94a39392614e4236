"""Conditions: one more conjunct or alternative, or another condition of the same function."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.atoms import atoms, names_in
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_SHORT = 40  # letters of what is compared
_QUANTIFIED = ("all", "any", "sum", "next")


def propose(site: Site) -> Iterator[Proposal]:
    """The condition strengthened, weakened, replaced by another of the function."""
    node = site.node
    if isinstance(node, ast.comprehension):
        yield from _filters(site, node)
    elif isinstance(node, ast.BoolOp):
        yield from _operands(site, node)
    elif isinstance(node, (ast.Return, ast.Assign)) and node.value is not None:
        yield from _of_value(site, node.value)
    elif isinstance(node, ast.GeneratorExp):
        if _is_quantified(site, node):
            yield from _changed(site, node.elt, 0.6)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield from _changed(site, node.test, 1.0)
        if isinstance(node, ast.While):
            yield site.put(node.test, "True", "always", 0.2, suspect=True)


def _of_value(site: Site, value: ast.expr) -> Iterator[Proposal]:
    """What is returned or kept of a condition, or as if there were none."""
    if _is_truth(value):
        yield from _changed(site, value, 0.5)
    elif isinstance(value, ast.Constant) and isinstance(value.value, bool):
        for atom, weight in atoms(site):
            yield site.put(value, atom, "a condition instead", weight * 0.35)


def _operands(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    """One operand narrowed below `or`, widened below `and`."""
    word = "and" if isinstance(node.op, ast.Or) else "or"
    for value in node.values:
        text = site.text(value)
        if isinstance(value, ast.BoolOp):
            continue
        for atom, weight in atoms(site):
            if atom != text:
                change = f"({text} {word} {atom})"
                edit = Edit(*site.source.span(value), change)
                yield Proposal((edit,), f"{word} in an operand", weight * 0.25)
                yield site.put(value, atom, "another operand", weight * 0.25)


def _is_truth(node: ast.expr) -> bool:
    is_not = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return is_not or isinstance(node, (ast.Compare, ast.BoolOp))


def _is_quantified(site: Site, node: ast.GeneratorExp) -> bool:
    call = site.source.parent(node)
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in _QUANTIFIED
    )


def _changed(site: Site, test: ast.expr, share: float) -> Iterator[Proposal]:
    text = site.text(test)
    start, end = site.source.span(test)
    shown = f"({text})" if isinstance(test, (ast.BoolOp, ast.IfExp, ast.Lambda)) else text
    for atom in _improves(site):
        yield Proposal((Edit(start, end, f"{shown} or {atom}"),), "or better", share * 0.45)
        yield Proposal((Edit(start, end, f"{shown} and {atom}"),), "and better", share * 0.4)
    own = {n.id for n in ast.walk(test) if isinstance(n, ast.Name)}
    for atom, weight in atoms(site):
        if atom == text:
            continue
        near = share * weight * (1.0 if own & names_in(atom) else 0.6)
        yield Proposal((Edit(start, end, f"{shown} and {atom}"),), "add and", near)
        yield Proposal((Edit(start, end, f"{shown} or {atom}"),), "add or", near)
        yield Proposal((Edit(start, end, f"{atom} and {shown}"),), "and before", near * 0.5)
        yield Proposal((Edit(start, end, f"{atom} or {shown}"),), "or before", near * 0.4)
        yield Proposal((Edit(start, end, atom),), "other condition", near * 0.4)


def _improves(site: Site) -> Iterator[str]:
    """Whether what a branch keeps is more, or less, than what it takes the place of."""
    for kept in site.node.body if isinstance(site.node, ast.If) else ():
        if isinstance(kept, ast.Assign) and len(kept.targets) == 1:
            target, value = site.text(kept.targets[0]), site.text(kept.value)
            if len(target) + len(value) <= _SHORT:
                yield f"{value} < {target}"
                yield f"{value} > {target}"


def _filters(site: Site, node: ast.comprehension) -> Iterator[Proposal]:
    end = site.source.span(node.ifs[-1] if node.ifs else node.iter)[1]
    for atom, weight in atoms(site):
        word = "and" if node.ifs else "if"
        yield Proposal((Edit(end, end, f" {word} {atom}"),), "add a filter", weight * 0.4)
    for test in node.ifs:
        before = site.source.data.rfind(b"if", 0, site.source.span(test)[0])
        yield Proposal((Edit(before, site.source.span(test)[1], ""),), "drop the filter", 0.25)


FAMILY = Family(
    "condition",
    (ast.If, ast.While, ast.IfExp, ast.comprehension, ast.BoolOp, ast.Return, ast.Assign,
     ast.GeneratorExp),
    propose,
    ceiling=0.5,
)  # fmt: skip
