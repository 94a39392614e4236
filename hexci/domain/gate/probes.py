"""Step 6, proven: what the probes found, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from hexci.domain.gate.ruling import passed, refused, unavailable
from hexci.domain.outcome import Outcome
from hexci.domain.verdict import Step, StepResult

# What a probe that stays green says about the change.
_MEANING = {
    "revert": (Outcome.FLAKY, "green with the change taken back, though it was red before"),
    "sabotage": (Outcome.UNPROVEN, "green although everything the change touched raises"),
    "witness": (Outcome.TAMPERED, "the change shows to its tests alone"),
    "stubs": (Outcome.UNPROVEN, "the tests do not mind what the new code answers"),
    "negation": (Outcome.TAMPERED, "green although its assertions were turned round"),
}


@dataclass(frozen=True, slots=True)
class Probed:
    """How one probe ended: `red`, `green` or `unavailable`; `green` names tests that stayed so."""

    name: str
    result: str
    green: tuple[str, ...] = ()


def judge_probes(ended: Sequence[Probed]) -> StepResult:
    """Refused when a probe stayed green; a probe that could not run is named, never counted."""
    results = {probe.name: probe.result for probe in ended}
    for probe in ended:
        if probe.result == "green":
            outcome, meaning = _MEANING[probe.name]
            names = ", ".join(probe.green[:5])
            return refused(Step.PROVEN, outcome, f"{names}: {meaning}", probes={**results})
    missing = [name for name, result in results.items() if result == "unavailable"]
    run = [name for name, result in results.items() if result == "red"]
    said = f"red: {', '.join(run) or 'none'}"
    if missing:
        said += f"; could not run: {', '.join(missing)}"
    if not run:
        return unavailable(Step.PROVEN, said, probes={**results})
    return passed(Step.PROVEN, said, probes={**results})
