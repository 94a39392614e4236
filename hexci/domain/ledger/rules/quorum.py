"""ADR011: people decide, not programs."""

from collections.abc import Iterator
from dataclasses import dataclass

from hexci.domain.finding import Finding
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.status import Status
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

QUORUM = Rule(
    id="ADR011",
    name="quorum",
    title="A decision has the approval of people who own the ledger.",
    why="An agent that accepts its own proposal has decided for everybody. Approvals of bots "
    "never count, nor the author's own.",
    fix="Ask an owner of the ledger (CODEOWNERS) to approve the pull request.",
    bad="status: accepted, approved by some-agent[bot]",
    good="status: accepted, approved by an owner",
)
_DECIDING = frozenset({Status.ACCEPTED, Status.SUPERSEDED, Status.DEPRECATED})


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's or program's standing approval of the head commit."""

    login: str
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Approvals:
    """Who approved, who wrote the change, and the logins that own the ledger (empty: anyone)."""

    author: str
    given: tuple[Approval, ...]
    owners: frozenset[str] = frozenset()

    def counting(self) -> frozenset[str]:
        """The logins whose approval counts."""
        return frozenset(
            approval.login
            for approval in self.given
            if not approval.is_bot
            and not approval.login.endswith("[bot]")
            and approval.login.lower() != self.author.lower()
            and (not self.owners or approval.login.lower() in self.owners)
        )


def judge(step: Step, approvals: Approvals) -> Iterator[Finding]:
    """A finding for each deciding step while too few approvals count."""
    counting = approvals.counting()
    if len(counting) >= step.policy.quorum:
        return
    for record in deciding(step):
        said = (
            f"{record.status} here; {len(counting)} of {step.policy.quorum} approvals by owners "
            "of the ledger"
        )
        yield QUORUM.finding(record.path, record.line_of("status"), said)


def deciding(step: Step) -> Iterator[Record]:
    """Records that this step accepts, supersedes or deprecates."""
    for old, new in step.pairs():
        if old.status is not new.status and new.status in _DECIDING:
            yield new
