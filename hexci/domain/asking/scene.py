"""How an event stands or ended, as those who asked are told."""

from dataclasses import dataclass

from hexci.domain.asking.claim import Claim
from hexci.domain.asking.run_report import RunReport
from hexci.domain.finding import Report
from hexci.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Checked:
    """A check of boundaries, or a review: the findings, a page and a SARIF document.

    `outcome` is how it ended, `run` whose record tells of it, if any; `usd` is what models cost.
    An empty page: there is no law here.
    """

    report: Report
    page: str
    sarif: str
    outcome: Outcome
    usd: float = 0.0
    tokens: int = 0
    run: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A record of the ledger moved on: a commit on no branch yet, or what forbids it.

    `said` is for who asked: the new record's change as a patch, or the broken rules.
    """

    outcome: Outcome
    said: str
    title: str = ""
    branch: str = ""
    commit: str = ""
    tree: str = ""
    patch: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How an event ended. `handled` is false when nobody asked for anything.

    `report` is there when a run was made, `checked` when something was looked at, `decision` when
    a record moves on.
    """

    outcome: Outcome
    reason: str
    handled: bool = True
    claim: Claim | None = None
    report: RunReport | None = None
    checked: Checked | None = None
    decision: Decision | None = None
    comment_url: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the comment on a thread is about, now."""

    claim: Claim
    message: str = ""
    report: RunReport | None = None
    history: tuple[Claim, ...] = ()
    shows_patch: bool = False
    checked: Checked | None = None
