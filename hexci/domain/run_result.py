"""How a run of the main job ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Plan
from hexci.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Tried:
    """One candidate's turn: how it ended, after how many seconds, what it used."""

    name: str
    outcome: Outcome
    seconds: float
    summary: str = ""
    usage: tuple[tuple[str, Json], ...] = ()


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `branch` and `commit` are empty unless the outcome is `committed`.

    `facts` are those of its kind of run, for the record and for programs.
    """

    run: str
    plan: Plan
    outcome: Outcome
    reason: str = ""
    tried: tuple[Tried, ...] = ()
    verdict: Verdict | None = None
    patch: bytes = b""
    branch: str = ""
    commit: str = ""
    evidence_digest: str = ""
    seconds: float = 0.0
    candidate: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)
