"""Runs and their denials, as lists show them."""

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


@dataclass(frozen=True, slots=True)
class DenialLine:
    """What a run wanted and could not have.

    `kind` is `denied` or `limit`, `who` the node, `effect` is `verb:scope`.
    """

    run: str
    at: str
    who: str
    kind: str
    effect: str
    reason: str
