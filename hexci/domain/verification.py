"""Whether a commit's evidence was reproduced."""

from dataclasses import dataclass

from hexci.domain.outcome import Outcome
from hexci.domain.stated_evidence import StatedEvidence


@dataclass(frozen=True, slots=True)
class Verification:
    """`outcome` is `ok` when reproduced; `findings` says what differs, one sentence each."""

    commit: str
    tree: str
    outcome: Outcome
    stated: StatedEvidence
    findings: tuple[str, ...] = ()
    isolation: str = ""
    seconds: float = 0.0
