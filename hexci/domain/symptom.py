"""What works here and what does not, one line a thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hexci.domain.outcome import Outcome


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
