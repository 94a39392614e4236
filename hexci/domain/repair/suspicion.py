"""Which lines are to blame: what failing tests run and passing tests do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from hexci.domain.repair.proposal import Crash

Line = tuple[str, int]
_NEW = 1.5  # times as suspect as an older line


@dataclass(frozen=True, slots=True)
class TestTrace:
    """One traced test: whether it failed, and the lines (path, number) it ran."""

    __test__ = False

    id: str
    failed: bool
    lines: frozenset[Line]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Trace:
    """A traced run. `types` are type names of locals by (path, first line of function), name."""

    tests: tuple[TestTrace, ...]
    crashes: tuple[Crash, ...] = ()
    types: Mapping[Line, Mapping[str, frozenset[str]]] = field(default_factory=dict)


def count_reaching(trace: Trace, place: Line) -> int:
    """How many traced tests ran a place, or the line before it that is the beginning of its own.

    A line in the middle of a statement may have no event of its own. 0 without a trace.
    """
    path, line = place
    ran = {n for test in trace.tests for p, n in test.lines if p == path and n <= line}
    return sum(1 for test in trace.tests if (path, max(ran, default=0)) in test.lines)


def suspicion(trace: Trace) -> dict[Line, float]:
    """0..1 for every line that a failing test ran: Ochiai, lifted near the crash.

    A line of the last frame counts in full, the one before by half, and so on: whatever the
    spectrum says, the place where it broke is worth looking at.
    """
    found = _ochiai(trace.tests)
    for crash in trace.crashes:
        if crash.is_assertion:
            continue
        for distance, line in enumerate(reversed(crash.frames)):
            if line in found:
                found[line] = min(1.0, found[line] + 0.5 / (1 + distance))
    return found


def favour_newest(
    scores: Mapping[Line, float], newest: Mapping[str, frozenset[int]]
) -> dict[Line, float]:
    """Suspicion that also knows which lines are new: what has just been written is wrong oftener.

    The others lose by it; where all or none of the lines are new, nothing changes.
    """
    new = {(path, line) for path, lines in newest.items() for line in lines} & set(scores)
    if not new:
        return dict(scores)
    highest = max(scores.values())
    raised = {line: s * (_NEW if line in new else 1.0) for line, s in scores.items()}
    share = highest / max(raised.values())
    return {line: score * share for line, score in raised.items()}


def _ochiai(tests: Sequence[TestTrace]) -> dict[Line, float]:
    failing = [t for t in tests if t.failed]
    ran_failing = _count(t.lines for t in failing)
    ran_passing = _count(t.lines for t in tests if not t.failed)
    return {
        line: bad / sqrt(len(failing) * (bad + ran_passing.get(line, 0)))
        for line, bad in ran_failing.items()
    }


def _count(sets: Iterable[frozenset[Line]]) -> dict[Line, int]:
    counts: dict[Line, int] = {}
    for lines in sets:
        for line in lines:
            counts[line] = counts.get(line, 0) + 1
    return counts


def ranked_lines(scores: Mapping[Line, float]) -> tuple[tuple[Line, float], ...]:
    """Lines by suspicion, then place, so that equal runs give equal orders."""
    return tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
