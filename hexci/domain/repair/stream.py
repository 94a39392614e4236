"""All candidate patches of a program, best first, generated only as far as they are asked for."""

import ast
import heapq
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from hexci.domain.repair.compiling import compile_proposal, digest_of_unit
from hexci.domain.repair.families.table import FAMILIES
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.priors import prior_of
from hexci.domain.repair.proposal import Crash, Family, Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Source
from hexci.domain.repair.suspicion import Line
from hexci.domain.repair.unit import Unit, digest_of_code, units_of
from hexci.domain.repair.words import parts_of

_SUSPECT = 0.02  # what an anti-pattern's score is multiplied with: it ranks last
_IMPORTED_ANEW = 0.45  # a patch outside a function takes several times as long to try
_TAIL = 5
_PLACES = 8  # expanded at most before the best known idea is taken
_LEAST = 0.15  # share of the highest suspicion below which a line is not touched at first
_DONOR_FILES = 8
_EXCLUDED = (ast.Import, ast.ImportFrom)
_WORD = re.compile(r"[A-Za-z_]\w{3,}")


@dataclass(frozen=True, slots=True)
class Suspects:
    """What to repair: parsed files, suspicion of their lines, and what is known of the failure."""

    sources: Mapping[str, Source]
    lines: Mapping[Line, float]
    crashes: tuple[Crash, ...] = ()
    types: Mapping[Line, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    own_priors: Mapping[str, float] | None = None


def patches(suspects: Suspects) -> Iterator[Patch]:
    """Every patch once (by compiled code), best first as far as can be known beforehand.

    Every fifth comes from the family that has had the fewest turns, so that a family whose prior
    is wrong for this program is met early all the same.
    """
    queues: dict[str, _Queue] = {family.name: _Queue() for family in FAMILIES}
    for spot in _spots(suspects):
        queues[spot.family.name].push(spot)
    turns = {family.name: family.turns_behind for family in FAMILIES}
    seen: set[str] = set()
    for number in count(1):
        queues = {name: queue for name, queue in queues.items() if queue}
        if not queues:
            return
        if number % _TAIL:
            name, floor = _best(queues)
        else:
            name, floor = min(queues, key=lambda n: (turns[n], -queues[n].bound)), 0.0
        turns[name] += 1
        idea = queues[name].pop(floor)
        patch = idea.spot.patch(idea.proposal) if idea else None
        if patch is not None and patch.digest not in seen:
            seen.add(patch.digest)
            yield patch


def _best(queues: "Mapping[str, _Queue]") -> tuple[str, float]:
    """The family that may have the best idea, and what the next best may have."""
    bounds = sorted(((queue.bound, name) for name, queue in queues.items()), reverse=True)
    return bounds[0][1], bounds[1][0] if len(bounds) > 1 else 0.0


class _Queue:
    """One family's ideas, best first; equals in the order they came.

    Places wait unexpanded: a large function has hundreds, and asking a family about each before
    the first patch is tried would take longer than trying.
    """

    def __init__(self) -> None:
        self._spots: list[tuple[float, int, _Spot]] = []
        self._ideas: list[tuple[float, int, _Idea]] = []
        self._numbers = count()

    def push(self, spot: "_Spot") -> None:
        heapq.heappush(self._spots, (-spot.bound * spot.family.ceiling, next(self._numbers), spot))

    def __bool__(self) -> bool:
        return bool(self._spots or self._ideas)

    @property
    def bound(self) -> float:
        """No idea of the family has a higher score."""
        return -min(heap[0][0] for heap in (self._spots, self._ideas) if heap)

    def pop(self, floor: float = 0.0) -> "_Idea | None":
        """The best idea, as far as a few places tell; None when those had none above `floor`."""
        for _ in range(_PLACES):
            if not self._spots or (self._ideas and self._ideas[0][0] <= self._spots[0][0]):
                break
            spot = heapq.heappop(self._spots)[2]
            for proposal in spot.family.propose(spot.site):
                entry = (-spot.score(proposal), next(self._numbers), _Idea(spot, proposal))
                heapq.heappush(self._ideas, entry)
        if not self._ideas or -self._ideas[0][0] < floor:
            return None
        return heapq.heappop(self._ideas)[2]


@dataclass(frozen=True, slots=True)
class _Spot:
    """One family at one place: what it proposes is asked for when its best score comes up."""

    family: Family
    site: Site
    unit: Unit | None
    original: str
    bound: float

    def score(self, proposal: Proposal) -> float:
        """What the proposal is worth trying, its cost taken into account."""
        live = self.unit is not None and self.unit.holds(proposal.edits)
        cost = 1.0 if live else _IMPORTED_ANEW
        return self.bound * proposal.weight * cost * (_SUSPECT if proposal.suspect else 1.0)

    def patch(self, proposal: Proposal) -> Patch | None:
        """The proposal compiled; None when it is no Python or changes nothing."""
        source = self.site.source
        statement = self.site.statement
        compiled = compile_proposal(source, self.unit, self.site.node, proposal)
        if compiled is None or compiled.digest == self.original:
            return None
        return Patch(
            edits=((source.path, proposal.edits),),
            files={source.path: compiled.data},
            units=compiled.units,
            family=self.family.name,
            operator=proposal.operator,
            line=getattr(self.site.node, "lineno", statement.lineno if statement else 0),
            score=self.score(proposal),
            suspect=proposal.suspect,
            digest=compiled.digest,
        )


@dataclass(frozen=True, slots=True)
class _Idea:
    """A proposal not compiled yet: most never come up."""

    spot: _Spot
    proposal: Proposal


def _spots(suspects: Suspects) -> Iterator[_Spot]:
    highest = max(suspects.lines.values(), default=0.0)
    worst = _worst_files(suspects)
    for path in sorted(suspects.sources):
        source = suspects.sources[path]
        units = units_of(source)
        originals = {unit: digest_of_unit(source, unit) for unit in units}
        whole = f"{path}:{digest_of_code(source.data.decode('utf-8', 'surrogatepass'))}"
        scopes: dict[ast.AST, Scope] = {}
        others = tuple(other for other in worst if other is not source)
        for node in ast.walk(source.tree):
            blame = _blame(source, node, suspects.lines)
            if blame <= 0 or blame < _LEAST * highest or _is_untouchable(source, node):
                continue
            scope = _scope_of(source, node, scopes, suspects, others)
            site = Site(source, scope, node, suspects.crashes)
            unit = _unit_of(source, node, units)
            original = originals[unit] if unit else whole
            factor = (blame / highest) ** 2 * _named(site, suspects.words)
            for family in FAMILIES:
                if isinstance(node, family.kinds):
                    bound = prior_of(family.name, suspects.own_priors) * factor
                    yield _Spot(family, site, unit, original, bound)


def _worst_files(suspects: Suspects) -> list[Source]:
    """The files with the most suspicious lines: where donors are looked for beside one's own."""
    blame: dict[str, float] = {}
    for (path, _), score in suspects.lines.items():
        blame[path] = max(blame.get(path, 0.0), score)
    paths = sorted(blame, key=lambda path: (-blame[path], path))
    return [suspects.sources[path] for path in paths if path in suspects.sources][:_DONOR_FILES]


def _blame(source: Source, node: ast.AST, lines: Mapping[Line, float]) -> float:
    """The suspicion of the lines a node is on; of its header only where it holds a block."""
    if isinstance(node, ast.comprehension):
        node = node.target
    if not isinstance(node, (ast.expr, ast.stmt)):
        return 0.0
    statement = source.statement_of(node)
    if statement is None:
        return 0.0
    body = getattr(statement, "body", None)
    last = statement.end_lineno or statement.lineno
    if isinstance(body, list) and body and isinstance(statement, ast.stmt):
        last = max(statement.lineno, body[0].lineno - 1)
    own = range(node.lineno, min(node.end_lineno or node.lineno, last) + 1)
    found = max((lines.get((source.path, line), 0.0) for line in own), default=0.0)
    if found:
        return found
    # a line in the middle of a statement may have no event of its own
    whole = range(statement.lineno, last + 1)
    return 0.9 * max((lines.get((source.path, line), 0.0) for line in whole), default=0.0)


def _is_untouchable(source: Source, node: ast.AST) -> bool:
    if isinstance(node, _EXCLUDED):
        return True
    if not any(isinstance(above, ast.JoinedStr) for above in source.around(node)):
        return False
    # an f-string's parts have no reliable places before Python 3.12
    return not isinstance(node, ast.expr) or not source.is_in_place(node)


def _scope_of(
    source: Source,
    node: ast.AST,
    scopes: dict[ast.AST, Scope],
    suspects: Suspects,
    others: tuple[Source, ...],
) -> Scope:
    function = source.function_of(node) or source.tree
    if function not in scopes:
        line = min(
            [getattr(function, "lineno", 0)]
            + [d.lineno for d in getattr(function, "decorator_list", [])]
        )
        types = suspects.types.get((source.path, line), {})
        scopes[function] = Scope(source, function, types, others)
    return scopes[function]


def _unit_of(source: Source, node: ast.AST, units: Sequence[Unit]) -> Unit | None:
    if isinstance(node, ast.comprehension):
        node = node.target
    start, end = source.span(node)
    return next((u for u in units if u.start <= start and end <= u.end), None)


def _named(site: Site, words: frozenset[str]) -> float:
    """A little more where the task's words name the function or something on the line."""
    if not words:
        return 1.0
    name = getattr(site.scope.node, "name", "")
    statement = site.statement
    text = site.source.text(statement)[:200] if statement else ""
    said = {name.lower(), *parts_of(name).split()} | {w.lower() for w in _WORD.findall(text)}
    return 1.3 if words & said else 1.0
