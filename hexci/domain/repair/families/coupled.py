"""Two small edits of one statement: one slip made twice, or two that help only together."""

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from hexci.domain.repair.families import (
    arithmetic,
    assign,
    boolean,
    boundary,
    comparison,
    constant,
    index,
    made,
    names,
    operands,
    term,
    unwrap,
    variable,
    wrap,
)
from hexci.domain.repair.priors import prior_of
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_PARTS = tuple(
    module.FAMILY
    for module in (arithmetic, assign, boolean, boundary, comparison, constant, index, made, names,
                   operands, unwrap, variable)
)  # fmt: skip
_TWICE = (*_PARTS, term.FAMILY, wrap.FAMILY)  # what may have been forgotten at several places
_NAMES = frozenset(family.name for family in _PARTS)
_USUAL = prior_of("comparison")  # of likelier parts the weight alone counts
_OF_A_FAMILY = 3  # edits of one node that are coupled with others
_SINGLE = 48  # and of a statement
_MOST = 300  # couples of a statement
_ALIKE = 0.8  # weight of one edit made at several places
_FOLLOWS = 0.7
_APART = 0.4  # of two edits that are not alike

Weighed = tuple[float, str, Proposal]  # with the name of its family


def propose(site: Site) -> Iterator[Proposal]:
    """Couples of a statement's own edits, those alike first."""
    singles = [list(_edits_of(site, node)) for node in _own(site.node)]
    yield from _alike(site, [each for edits in singles for each in edits])
    best = [each for edits in singles for each in _first_of_each(edits)]
    best.sort(key=lambda each: -each[0])
    couples = [
        (_APART * one[0] * other[0], one[2], other[2])
        for one, other in combinations(best[:_SINGLE], 2)
        if _fit(one[2], other[2])
    ]
    couples.sort(key=lambda couple: -couple[0])
    for weight, one, other in couples[:_MOST]:
        operator = f"{one.operator} and {other.operator}"
        yield Proposal((*one.edits, *other.edits), operator, weight)


def _own(statement: ast.AST) -> Iterator[ast.AST]:
    """A statement and what it reads and writes itself, without the statements inside it."""
    yield statement
    for child in ast.iter_child_nodes(statement):
        if not isinstance(child, (ast.stmt, ast.excepthandler)):
            yield from _own(child)


def _edits_of(site: Site, node: ast.AST) -> Iterator[Weighed]:
    here = Site(site.source, site.scope, node, site.crashes)
    for family in _TWICE:
        if isinstance(node, family.kinds):
            share = prior_of(family.name) / _USUAL
            for proposal in family.propose(here):
                if not proposal.suspect and all("\n" not in edit.text for edit in proposal.edits):
                    yield min(1.0, share * proposal.weight), family.name, proposal


def _alike(site: Site, singles: list[Weighed]) -> Iterator[Proposal]:
    """The same edit at each of several places, and at two of them."""
    groups: dict[tuple[str, str], dict[Edit, float]] = {}
    for weight, family, proposal in singles:
        if len(proposal.edits) == 1:
            edit = proposal.edits[0]
            what = (site.source.between(edit.start, edit.end), f"to {edit.text}")
            groups.setdefault(what, {}).setdefault(edit, weight)
            groups.setdefault((family, proposal.operator), {}).setdefault(edit, weight)
    for (_, told), found in groups.items():
        edits = sorted(found)
        # one slip made twice is not as unlikely as two: the second follows from the first
        weight = _ALIKE * max(found.values()) ** _FOLLOWS
        if len(edits) > 2 and _are_apart(edits):
            yield Proposal(tuple(edits), f"{told} throughout", weight)
        for couple in combinations(edits[:4], 2):
            if _are_apart(couple):
                yield Proposal(couple, f"{told} twice", weight)


def _first_of_each(edits: list[Weighed]) -> Iterator[Weighed]:
    """The best edits of every family."""
    taken: Counter[str] = Counter()
    for each in sorted(edits, key=lambda each: -each[0]):
        taken[each[1]] += 1
        if taken[each[1]] <= _OF_A_FAMILY and each[1] in _NAMES:
            yield each


def _fit(one: Proposal, other: Proposal) -> bool:
    return _are_apart(sorted((*one.edits, *other.edits)))


def _are_apart(edits: list[Edit] | tuple[Edit, ...]) -> bool:
    return all(
        a.end < b.start or (a.end == b.start and a.start < a.end and b.start < b.end)
        for a, b in pairwise(edits)
    )


FAMILY = Family(
    "coupled",
    (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.If, ast.For, ast.While),
    propose,
    ceiling=_ALIKE,
    turns_behind=20,
)
