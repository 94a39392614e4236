"""ADR004, ADR012 and ADR013: how a record's status may move."""

from collections.abc import Iterator

from hexci.domain.finding import Finding, Severity
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.status import TRANSITIONS, Status, is_legal
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

LEGAL_TRANSITION = Rule(
    id="ADR004",
    name="legal-transition",
    title="A status moves only along the life of a decision, one step a landing.",
    why="proposed, accepted, completed; or rejected, abandoned; then superseded or deprecated. "
    "A way back would let a decided text be reopened, edited and closed again.",
    fix="Put the status back. A decision that no longer holds is superseded or deprecated.",
    bad="-status: accepted\n+status: proposed",
    good="hexci adr supersede 2026-03-22-ids 2026-11-21-opaque-ids",
)
BULK = Rule(
    id="ADR012",
    name="bulk",
    title="Many status steps in one landing need a label.",
    why="A sweep over statuses is hardly ever fifty decisions. It must be seen by whoever merges.",
    fix="Land fewer at a time, or put the label on the pull request.",
    bad="55 records from accepted to completed in one commit",
    good="three records in one landing, or the label adr-bulk",
)
BORN_DECIDED = Rule(
    id="ADR013",
    name="born-decided",
    title="A record enters the ledger as a proposal.",
    why="A record that is born accepted had no time in which anybody could object.",
    fix="Set the status to proposed and accept it in a later landing: hexci adr accept ID. "
    "For a ledger that was kept elsewhere: hexci adr adopt.",
    bad="+status: accepted        (in a new file)",
    good="+status: proposed",
)


_BORN = (
    "not seen yet?     status: proposed; land it, then hexci adr accept {0}\n"
    "not wanted?       delete {1}: a proposal that never landed leaves nothing\n"
    "kept elsewhere?   hexci adr adopt takes a whole ledger over"
)


def judge(step: Step) -> Iterator[Finding]:
    """Findings for illegal status steps and for records born decided."""
    for old, new in step.pairs():
        if not is_legal(old.status, new.status):
            yield _illegal(step, old, new)
    for record in step.added():
        if record.status.decided:
            said = f"new in this change and already {record.status}"
            yield BORN_DECIDED.finding(
                record.path,
                record.line_of("status"),
                said,
                fix=_BORN.format(record.id, record.path),
            )


def judge_bulk(step: Step, labels: frozenset[str] | None) -> Iterator[Finding]:
    """One finding when more records change status than one landing may, without the label.

    Where labels are unknown (None) it is a warning.
    """
    moved = [(o, n) for o, n in step.pairs() if o.status is not n.status]
    limit, label = step.policy.bulk_limit, step.policy.bulk_label
    if len(moved) <= limit or step.adopting:
        return
    named = ", ".join(new.id for _, new in moved[:5]) + (", …" if len(moved) > 5 else "")
    said = f"{len(moved)} records change status in one landing (limit {limit}): {named}"
    severity = Severity.WARNING
    if labels is not None:
        severity = Severity.NOTE if label in labels else Severity.ERROR
    fix = f"Land fewer at a time, or put the label {label!r} on the pull request."
    yield BULK.finding(step.policy.folder, 0, said, fix=fix, severity=severity)


def _illegal(step: Step, old: Record, new: Record) -> Finding:
    allowed = [str(s) for s in Status if s in TRANSITIONS[old.status]]
    ways = f"from {old.status} only to {', '.join(allowed)}" if allowed else "it is final"
    said = f"{old.status} in {step.base}, now {new.status}; {ways}"
    if allowed:
        verbs = ", ".join(_VERBS[Status(s)].replace("ID", old.id) for s in allowed)
        advice = f"undo?         status: {old.status}\na legal step? {verbs}"
    else:
        advice = f'undo?         status: {old.status}\nnew decision? hexci adr new "..."'
    return LEGAL_TRANSITION.finding(new.path, new.line_of("status"), said, fix=advice)


_VERBS = {
    Status.ACCEPTED: "hexci adr accept ID",
    Status.REJECTED: "hexci adr reject ID",
    Status.ABANDONED: "hexci adr abandon ID",
    Status.COMPLETED: "hexci adr complete ID",
    Status.SUPERSEDED: "hexci adr supersede ID NEW",
    Status.DEPRECATED: "hexci adr deprecate ID",
}
