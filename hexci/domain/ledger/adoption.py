"""Which policy judges a step, and what a change of the policy itself may not do."""

from collections.abc import Iterator

from hexci.domain.finding import Finding
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.rules.vanish import NO_VANISH
from hexci.domain.ledger.step import Ledger, Step


def is_adopting(old: Ledger, base: LedgerPolicy, head: LedgerPolicy) -> bool:
    """Whether a step is the one that takes a ledger over.

    Only a ledger in which nothing was decided in this format can be adopted: else a change
    could call itself an adoption to rewrite what was decided.
    """
    decided = any(record.status.decided for record in old.records.values())
    return bool(head.adopted) and not base.adopted and not decided


def moves_empty(old: Ledger, base: LedgerPolicy, head: LedgerPolicy) -> bool:
    """Whether the config names another folder while the ledger is still empty.

    Then the new config judges: else the landing that brings it could fill the folder unjudged.
    """
    return base.folder != head.folder and not old.records and not old.faults


def judge_policy(step: Step, head: LedgerPolicy) -> Iterator[Finding]:
    """Findings when the new config would no longer see records that were decided.

    The step itself is judged by the base's config; without this, a change of the folder or of
    the ignore list would free all records for the next landing.
    """
    if (head.folder, head.ignore, head.index) == (
        step.policy.folder,
        step.policy.ignore,
        step.policy.index,
    ):
        return
    for path in sorted(step.old.records):
        record = step.old.records[path]
        if record.status.decided and not head.holds_record(path):
            said = f"{record.status} in {step.base}; the changed config takes it out of the ledger"
            fix = "Undo the change of ledger.folder, ledger.ignore or ledger.index."
            yield NO_VANISH.finding(path, 0, said, fix=fix)
