"""Which family a small fix of the past belongs to: what a project's people get wrong."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hexci.domain.repair.families.table import FAMILIES
from hexci.domain.repair.priors import prior_of
from hexci.domain.repair.proposal import Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Source, apply_edits, parse_source

_FEWEST = 8  # fixes below which their shares say nothing
_MOST_LINES = 3  # of a change that may be one edit


def family_of(path: str, before: bytes, after: bytes) -> str | None:
    """The likeliest family that proposes `after` for `before`; None when no single edit does."""
    changed = _changed_lines(before, after)
    source = parse_source(path, before) if changed else None
    if source is None or changed is None:
        return None
    found = [
        (prior_of(name) * proposal.weight, name)
        for name, proposal in _proposals(source, changed)
        if _makes(source, proposal, after)
    ]
    return max(found)[1] if found else None


def shares(families: Iterable[str]) -> Mapping[str, float] | None:
    """Each family's share of mined fixes; None when there are too few of them."""
    counts = Counter(families)
    total = counts.total()
    return {name: n / total for name, n in counts.items()} if total >= _FEWEST else None


def _makes(source: Source, proposal: Proposal, after: bytes) -> bool:
    try:
        return apply_edits(source.data, proposal.edits) == after
    except ValueError:
        return False


def _changed_lines(before: bytes, after: bytes) -> range | None:
    """Line numbers of `before` that differ; None when they are too many."""
    old, new = before.splitlines(), after.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if max(len(old), len(new)) - start - tail > _MOST_LINES:
        return None
    # one more on each side: what is inserted belongs to a neighbour
    return range(start, len(old) - tail + 2)


def _proposals(source: Source, lines: range) -> Iterator[tuple[str, Proposal]]:
    scopes: dict[ast.AST, Scope] = {}
    for node in ast.walk(source.tree):
        if not isinstance(node, (ast.expr, ast.stmt, ast.comprehension)):
            continue
        place = node.target if isinstance(node, ast.comprehension) else node
        if place.lineno not in lines or isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        if any(isinstance(above, ast.JoinedStr) for above in source.around(node)):
            continue
        function = source.function_of(node) or source.tree
        scope = scopes.setdefault(function, Scope(source, function))
        for family in FAMILIES:
            if isinstance(node, family.kinds):
                for proposal in family.propose(Site(source, scope, node)):
                    yield family.name, proposal
