"""How an event stands or ended, as those who asked are told."""

from dataclasses import dataclass

from hexci.domain.asking.claim import Claim
from hexci.domain.asking.run_report import RunReport
from hexci.domain.finding import Report
from hexci.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Checked:
    """A check of boundaries: the findings, a page and a SARIF document. Empty page: no law here."""

    report: Report
    page: str
    sarif: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How an event ended. `handled` is false when nobody asked for anything.

    `report` is there when a run was made, `pull_url` and `comment_url` where something is there.
    """

    outcome: Outcome
    reason: str
    handled: bool = True
    claim: Claim | None = None
    report: RunReport | None = None
    checked: Checked | None = None
    comment_url: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the comment on a thread is about, now."""

    claim: Claim
    message: str = ""
    report: RunReport | None = None
    history: tuple[Claim, ...] = ()
    shows_patch: bool = False
