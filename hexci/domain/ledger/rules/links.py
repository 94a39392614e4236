"""ADR005: a link between decisions is written on both sides, in the same landing."""

from collections.abc import Iterator

from hexci.domain.finding import Finding
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.status import Status
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

RECIPROCAL = Rule(
    id="ADR005",
    name="reciprocal",
    title="A supersedes B if and only if B is superseded by A, both written in one landing.",
    why="Who finds the old record must be led to the new one. A link on one side leaves a dead "
    "decision that still reads accepted; a proposal retires nothing.",
    fix="Let the verb write both sides: hexci adr supersede OLD NEW.",
    bad="2026-11-21-b.md: supersedes: [2026-03-22-a]     2026-03-22-a.md: status: accepted",
    good="2026-03-22-a.md: status: superseded, superseded-by: 2026-11-21-b",
)


def judge(step: Step) -> Iterator[Finding]:
    """Findings for links of touched records that are one-sided, circular or to nowhere."""
    for record in step.touched():
        yield from _supersedes(step, record)
        yield from _superseded(step, record)
        yield from _amends(step, record)
        yield from _amended(step, record)


def _supersedes(step: Step, record: Record) -> Iterator[Finding]:
    for target_id in record.items("supersedes"):
        target = step.after(target_id)
        said = _wrong_target(record, target_id, target)
        if not said and _reaches(step, target_id, record.id):
            said = f"superseding {target_id} closes a circle"
        if not said and target is not None:
            said = _wrong_pair(step, record, target)
        if said:
            yield _finding(record, "supersedes", said, target_id)


def _wrong_pair(step: Step, record: Record, target: Record) -> str:
    """What is wrong between a record and the readable target that it supersedes."""
    retired = target.status is Status.SUPERSEDED and target.text("superseded-by") == record.id
    if not record.status.was_accepted:
        if target.status is Status.SUPERSEDED and not retired:
            return f"{target.id} is superseded already, by {target.text('superseded-by') or '?'}"
        return ""
    if not retired:
        return f"{record.status}, but {target.id} is {target.status} and does not name it"
    before = step.before(target.id)
    was = before is not None and before.status is Status.SUPERSEDED
    if step.newly_accepted(record) and was:
        return f"{target.id} was superseded before this record was accepted"
    return ""


def _superseded(step: Step, record: Record) -> Iterator[Finding]:
    successor_id = record.text("superseded-by")
    if record.status is not Status.SUPERSEDED:
        if successor_id:
            yield _finding(record, "superseded-by", f"set, but the status is {record.status}")
        return
    if not successor_id:
        yield _finding(record, "status", "superseded, but superseded-by names no successor")
        return
    successor = step.after(successor_id)
    said = ""
    if successor is None:
        said = f"superseded by {successor_id}, which is not in the ledger"
    elif successor_id == record.id:
        said = "a record does not supersede itself"
    elif record.id not in successor.items("supersedes"):
        said = f"superseded by {successor_id}, which does not say so"
    elif not successor.status.was_accepted:
        said = f"superseded by {successor_id}, which is {successor.status}, not accepted"
    elif _flips(step, record) and not step.newly_accepted(successor):
        said = f"superseded here, but {successor_id} was not accepted in the same landing"
    if said:
        yield _finding(record, "superseded-by", said, successor_id)


def _amends(step: Step, record: Record) -> Iterator[Finding]:
    for target_id in record.items("amends"):
        target = step.after(target_id)
        said = _wrong_target(record, target_id, target)
        if not said and target is not None and record.status.was_accepted:
            named = record.id in target.items("amended-by")
            said = "" if named else f"{record.status}, but {target_id} does not name it"
        if said:
            yield _finding(record, "amends", said, target_id)


def _amended(step: Step, record: Record) -> Iterator[Finding]:
    for amender_id in record.items("amended-by"):
        amender = step.after(amender_id)
        said = ""
        if amender is None:
            said = f"amended by {amender_id}, which is not in the ledger"
        elif record.id not in amender.items("amends"):
            said = f"amended by {amender_id}, which does not say so"
        elif not amender.status.was_accepted:
            said = f"amended by {amender_id}, which is {amender.status}, not accepted"
        if said:
            yield _finding(record, "amended-by", said, amender_id)


def _wrong_target(record: Record, target_id: str, target: Record | None) -> str:
    if target_id == record.id:
        return "a record does not name itself"
    if target is None:
        return f"{target_id} is not in the ledger"
    if not target.status.was_accepted:
        return f"{target_id} is {target.status}: it was never in force"
    return ""


def _reaches(step: Step, start: str, goal: str) -> bool:
    """Whether `goal` is superseded, over any number of steps, by what `start` supersedes."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        here = step.after(waiting.pop())
        if here is None or here.id in seen:
            continue
        seen.add(here.id)
        if goal in here.items("supersedes"):
            return True
        waiting += here.items("supersedes")
    return False


def _flips(step: Step, record: Record) -> bool:
    before = step.before(record.id)
    return before is not None and before.status is not Status.SUPERSEDED


def _finding(record: Record, key: str, said: str, other: str = "") -> Finding:
    advice = ""
    if other and other != record.id:
        old, new = (other, record.id) if key == "supersedes" else (record.id, other)
        advice = f"both sides?     hexci adr supersede {old} {new}\nnot meant?      remove the link"
        if key.startswith("amend"):
            advice = "both sides?     hexci adr accept the amending record\nnot meant?      undo"
    return RECIPROCAL.finding(record.path, record.line_of(key), said, fix=advice)
