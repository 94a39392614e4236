"""One candidate's turn: it works in a room of its own, and only the gate's word counts."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from hexci.domain.canonical import Json, canonical
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Plan
from hexci.domain.run_result import Tried
from hexci.domain.verdict import Verdict
from hexci.errors import HexciError
from hexci.ports.candidate import Assignment, Attempt, Candidate
from hexci.ports.clock import Clock
from hexci.ports.progress import Progress
from hexci.ports.rooms import Rooms

# Characters of a candidate's account of its failure that later candidates are told.
_TOLD = 4_000


@dataclass(frozen=True, slots=True)
class Task:
    """What a candidate is to do: on `plan.base_tree`, judged by `judge`, until `deadline`.

    `tried` are those who failed before.
    """

    plan: Plan
    red: EvidenceRun | None
    judge: Callable[[str], Verdict]
    deadline: float
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """How it ended; `verdict` is the first accepted one, else the last."""

    tried: Tried
    verdict: Verdict | None
    transcript: bytes = field(default=b"")

    @property
    def accepted(self) -> bool:
        """Whether the gate accepted something."""
        return self.verdict is not None and self.verdict.accepted


def take_turn(
    candidate: Candidate, task: Task, *, rooms: Rooms, clock: Clock, progress: Progress
) -> Turn:
    """The turn of `candidate`. What goes wrong in it is its outcome; only Ctrl-C is raised."""
    begun = clock.monotonic()
    bench = _Bench(task.judge)
    attempt = _attempt(candidate, task, bench, rooms, progress)
    # what counts is what the gate said here, not what the candidate says it said
    verdict = bench.best()
    accepted = verdict is not None and verdict.accepted
    outcome = Outcome.OK if accepted else _modest(attempt.outcome)
    seconds = clock.monotonic() - begun
    tried = Tried(candidate.name, outcome, seconds, attempt.summary, attempt.usage)
    return Turn(tried, verdict, b"".join(canonical(line) + b"\n" for line in attempt.transcript))


class _Bench:
    """Remembers every verdict that a candidate was given; none can be brought from outside."""

    def __init__(self, judge: Callable[[str], Verdict]) -> None:
        self._judge = judge
        self._verdicts: list[Verdict] = []

    def judge(self, tree: str) -> Verdict:
        """The verdict on `tree`, kept."""
        verdict = self._judge(tree)
        self._verdicts.append(verdict)
        return verdict

    def best(self) -> Verdict | None:
        """The first accepted verdict, else the last one."""
        accepted = (v for v in self._verdicts if v.accepted)
        return next(accepted, self._verdicts[-1] if self._verdicts else None)


def _attempt(
    candidate: Candidate, task: Task, bench: _Bench, rooms: Rooms, progress: Progress
) -> Attempt:
    told = tuple(f"{t.name}: {t.outcome}: {t.summary}"[:_TOLD] for t in task.tried)
    try:
        with rooms.clone(task.plan.base_tree) as room:
            given = Assignment(task.plan, room, task.red, bench.judge, task.deadline, told)
            return candidate.attempt(given, progress=progress)
    except HexciError as error:
        return Attempt(Outcome(error.outcome), summary=str(error))
    except Exception as error:  # noqa: BLE001 - the plug-in boundary: others may still succeed
        lines: tuple[dict[str, Json], ...] = ({"bug": traceback.format_exc()},)
        return Attempt(Outcome.INFRA_ERROR, summary=f"a bug: {error!r}", transcript=lines)


def _modest(claimed: Outcome) -> Outcome:
    """What a candidate without an accepted verdict may end with: never a success."""
    return Outcome.UNPROVEN if claimed.happened else claimed
