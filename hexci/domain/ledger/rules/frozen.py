"""ADR002 and ADR003: what was said is not changed; it only grows."""

from collections.abc import Iterator

from hexci.domain.finding import Finding
from hexci.domain.ledger.body import growth_fault
from hexci.domain.ledger.front_matter import KEYS
from hexci.domain.ledger.record import Record
from hexci.domain.ledger.step import Step
from hexci.domain.rule import Rule

FROZEN_BODY = Rule(
    id="ADR002",
    name="frozen-body",
    title="The text of a decided record is kept; it only grows under ## Amendments at its end.",
    why="Who reads a decision must read what was decided. A wrong sentence is put right below "
    "it, dated, so that both can be read.",
    fix="Undo the edit; correct with hexci adr amend ID, or decide anew with hexci adr new.",
    bad="-We keep state in Redis.\n+We keep state in git.",
    good="+## Amendments\n+\n+- 2026-04-02 erratum: The port is 6380, not 6379 (#812).",
)
FROZEN_HEADER = Rule(
    id="ADR003",
    name="frozen-header",
    title="Of a decided record only status, superseded-by and amended-by may change, by the verbs.",
    why="Date, deciders, scope and links are part of the decision. Keys in one order keep "
    "differences small and readable.",
    fix="Undo the change of the header. A new scope or date is a new decision: hexci adr new.",
    bad="-governs: [src/api/**]\n+governs: [src/**]",
    good="hexci adr new 'Wider scope' --supersedes 2026-03-22-scope",
)
_MAY_CHANGE = frozenset({"status", "superseded-by", "amended-by"})


def judge(step: Step) -> Iterator[Finding]:
    """Findings for decided records whose text or header differs otherwise than allowed."""
    for old, new in step.pairs():
        if old.status.decided:
            yield from _body(step, old, new)
            yield from _header(step, old, new)
    for record in step.touched():
        if not record.in_canonical_order():
            order = ", ".join(key for key in KEYS if key in record.header)
            said = f"the keys stand in another order than: {order}"
            yield FROZEN_HEADER.finding(record.path, 2, said, fix=f"Write them as: {order}")


def _body(step: Step, old: Record, new: Record) -> Iterator[Finding]:
    fault = growth_fault(old.body, new.body)
    if fault is None:
        return
    line = new.body_line + fault[0]
    said = f"{old.status} in {step.base}; line {line} {fault[1]}"
    advice = (
        f'wrong fact?   hexci adr amend {old.id} --erratum "..."\n'
        f'new decision? hexci adr new "..." --supersedes {old.id}'
    )
    yield FROZEN_BODY.finding(new.path, line, said, fix=advice, identity=fault[1])


def _header(step: Step, old: Record, new: Record) -> Iterator[Finding]:
    for key in KEYS:
        before, after = old.header.get(key), new.header.get(key)
        if before == after:
            continue
        allowed = key in _MAY_CHANGE
        if key == "superseded-by":
            allowed = before is None and old.status is not new.status
        if key == "amended-by":
            kept = old.items(key)
            allowed = new.items(key)[: len(kept)] == kept
        if not allowed:
            said = f"{old.status} in {step.base}; {key} was {_shown(before)}, is {_shown(after)}"
            yield FROZEN_HEADER.finding(new.path, new.line_of(key), said)


def _shown(value: object) -> str:
    if value is None:
        return "absent"
    return "[" + ", ".join(value) + "]" if isinstance(value, tuple) else repr(value)
