"""How a step of the gate says what it found."""

from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Step, StepResult, StepStatus


def passed(step: Step, reason: str = "", **data: Json) -> StepResult:
    """The step found nothing against the change; `data` goes into the record."""
    return StepResult(step, StepStatus.PASSED, reason, data=tuple(sorted(data.items())))


def refused(step: Step, outcome: Outcome, reason: str, **data: Json) -> StepResult:
    """The step ends the run with `outcome`; `reason` is one sentence for a person."""
    return StepResult(
        step, StepStatus.REFUSED, reason, outcome=outcome, data=tuple(sorted(data.items()))
    )


def suspicious(step: Step, reason: str, **data: Json) -> StepResult:
    """The step would not commit this by itself, but is not certain."""
    return StepResult(step, StepStatus.SUSPICIOUS, reason, data=tuple(sorted(data.items())))


def unavailable(step: Step, reason: str, **data: Json) -> StepResult:
    """The step could not judge; this is never counted as passed."""
    return StepResult(step, StepStatus.UNAVAILABLE, reason, data=tuple(sorted(data.items())))
