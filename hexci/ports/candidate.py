"""Who changes the code: a search, a model, a command-line agent. None of them decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from hexci.domain.canonical import Json
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Plan
from hexci.domain.verdict import Verdict
from hexci.ports.progress import Progress
from hexci.ports.rooms import Room

Judge = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a candidate is given: the plan, a room of its own, the red run, and what others tried.

    `judge` takes a tree SHA (`room.snapshot()`) and answers with the gate's verdict; it may be
    called as often as `plan.limits` allow. `deadline` is in seconds of the monotonic clock.
    """

    plan: Plan
    room: Room
    red: EvidenceRun | None
    judge: Judge
    deadline: float
    failures: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a candidate's turn ended, in its own words; what the gate said is known without it.

    `summary` is told to later candidates (what was tried and why it failed, bounded).
    `transcript` is one JSON object per step; `usage` holds figures by name (tokens, dollars).
    """

    outcome: Outcome
    summary: str = ""
    transcript: tuple[dict[str, Json], ...] = ()
    usage: tuple[tuple[str, Json], ...] = ()


class Candidate(Protocol):
    """One way to change code."""

    @property
    def name(self) -> str:
        """Its SPEC, as in `--candidate` and the `Assisted-by` trailer."""
        ...

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """Tries until the gate accepts, or its limits end. Effects stay inside the room."""
        ...
