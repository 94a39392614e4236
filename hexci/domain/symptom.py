"""What works here and what does not, one line a thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hexci.domain.outcome import Outcome
from hexci.domain.reach import Reach


class Health(StrEnum):
    """How one thing stands. Only `broken` makes the doctor fail."""

    FINE = "fine"
    WEAK = "weak"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at, what is true, and what to do about it."""

    what: str
    health: Health
    fact: str
    advice: str = ""


def outcome_of(symptoms: Iterable[Symptom]) -> Outcome:
    """`findings` when something is broken, else `ok`."""
    broken = any(s.health is Health.BROKEN for s in symptoms)
    return Outcome.FINDINGS if broken else Outcome.OK


def isolation_symptom(level: str) -> Symptom:
    """What the sandbox level that was reached means."""
    if level == "none":
        return Symptom(
            "sandbox",
            Health.WEAK,
            "none: evidence runs with your network and files",
            "Install bubblewrap (apt install bubblewrap); user namespaces must be allowed.",
        )
    return Symptom("sandbox", Health.FINE, f"{level}: no network, own processes, own files")


def candidate_symptom(reach: Reach) -> Symptom:
    """Whether a candidate is there without being named."""
    if reach.spec:
        return Symptom(f"candidate {reach.spec}", Health.FINE, reach.why)
    return Symptom(f"candidate {reach.kind}", Health.WEAK, f"not usable: {reach.why}")
