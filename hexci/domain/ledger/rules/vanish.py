"""ADR001: what was decided stays where it is."""

from collections.abc import Iterator

from hexci.domain.finding import Finding
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

NO_VANISH = Rule(
    id="ADR001",
    name="no-vanish",
    title="A decided record stays in the ledger, at the same path.",
    why="People and code cite decisions by path. A deleted or moved record takes its reasons "
    "along, and a rename is how an edit hides.",
    fix="Put the file back. To retire a decision: hexci adr deprecate ID or hexci adr supersede "
    "OLD NEW. Only a proposal may be deleted.",
    bad="git mv docs/adr/2026-03-22-ids.md docs/adr/old/2026-03-22-ids.md",
    good="hexci adr deprecate 2026-03-22-ids",
)


def judge(step: Step) -> Iterator[Finding]:
    """A finding for every decided record (or file that could not be read) that is gone."""
    for path in step.changed:
        old = step.old.records.get(path)
        if path in step.new.records or path in step.new.faults:
            continue
        if old is not None and old.status.decided:
            said = f"{old.status} in {step.base}; the file is gone"
            restore = f"git checkout {step.base} -- {path}"
            retire = f"hexci adr deprecate {old.id}"
            advice = f"by mistake?     {restore}\nno longer true? {retire}"
            yield NO_VANISH.finding(path, 0, said, fix=advice)
        elif path in step.old.faults:
            said = f"unreadable in {step.base}, and now gone: it may have been decided"
            yield NO_VANISH.finding(path, 0, said)
