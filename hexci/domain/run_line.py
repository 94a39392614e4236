"""One run, as a list shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run, as a list shows it. `trouble` says what is wrong with its record."""

    run: str
    outcome: str
    task: str
    candidate: str
    branch: str
    seconds: float
    trouble: tuple[str, ...] = ()
