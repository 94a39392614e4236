"""What the gate says: step by step, and in one word."""

from dataclasses import dataclass, field
from enum import StrEnum

from hexci.domain.canonical import Json
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome


class Step(StrEnum):
    """The steps of the gate, in the order they are tried."""

    POLICY = "policy"
    PROTECTED = "protected"
    VACUITY = "vacuity"
    RED = "red"
    GREEN = "green"
    PROVEN = "proven"
    STABLE = "stable"
    HONEST = "honest"


class StepStatus(StrEnum):
    """How one step ended. `unavailable` is never counted as passed."""

    PASSED = "passed"
    REFUSED = "refused"
    SUSPICIOUS = "suspicious"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: `reason` is one sentence for a person, `data` the figures for the record.

    `outcome` is set when the step ends the run (status `refused`).
    """

    step: Step
    status: StepStatus
    reason: str = ""
    outcome: Outcome | None = None
    seconds: float = 0.0
    data: tuple[tuple[str, Json], ...] = field(default=())

    @property
    def refused(self) -> bool:
        """Whether this step ended the run."""
        return self.status is StepStatus.REFUSED

    @property
    def faults(self) -> tuple[str, ...]:
        """Every fault of a refusal; its reason where that is all."""
        found = dict(self.data).get("faults")
        return tuple(map(str, found)) if isinstance(found, list) else (self.reason,)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer for one change.

    `outcome` is `ok` for an accepted change. `tree` is the tree that would land: the candidate's
    tree with the evidence surface restored from base. `feedback` is for the next try: failing
    tests and assertion lines first, bounded.
    """

    outcome: Outcome
    tree: str
    steps: tuple[StepResult, ...]
    feedback: str = ""
    red: EvidenceRun | None = None
    green: EvidenceRun | None = None
    fail_to_pass: tuple[str, ...] = ()
    isolation: str = ""
    warnings: tuple[str, ...] = field(default=())

    @property
    def accepted(self) -> bool:
        """Whether the change may be committed."""
        return self.outcome is Outcome.OK

    @property
    def reason(self) -> str:
        """The sentence of the step that decided."""
        refused = [s.reason for s in self.steps if s.refused]
        return refused[-1] if refused else ""
