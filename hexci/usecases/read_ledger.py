"""Ledgers and steps from trees: what check, audit and brief have in common."""

from collections.abc import Iterable, Mapping

from hexci.domain.ledger.adoption import is_adopting, moves_empty
from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Fault, Record, read_record
from hexci.domain.ledger.sides import Sides
from hexci.domain.ledger.step import Ledger, Step
from hexci.ports.ledger import Difference, Entry, LedgerSource

_NO_FILE = "a link, a submodule or another thing that is no plain file"


def ledger_at(tree: str, policy: LedgerPolicy, *, source: LedgerSource) -> Ledger:
    """The whole ledger of a tree."""
    return _ledger_of(source.entries(tree, policy.folder), policy, source)


def step_between(
    sides: Sides,
    differences: Iterable[Difference],
    *,
    policies: tuple[LedgerPolicy, LedgerPolicy],
    source: LedgerSource,
) -> Step:
    """The step of a landing. `policies` are the base's and the head's.

    The new side is read whole, of the old one only what differs.
    """
    base, head = policies
    rows = tuple(differences)
    if head.adopted and not base.adopted:
        adopted = _step(sides, rows, head, source)
        if is_adopting(adopted.old, base, head):
            return Step(
                adopted.old, adopted.new, adopted.changed, head, adopting=True, base=sides.base
            )
    step = _step(sides, rows, base, source)
    return _step(sides, rows, head, source) if moves_empty(step.old, base, head) else step


def kept_by(path: str, policy: LedgerPolicy) -> bool:
    """Whether a path is the ledger's: a record's place or the index."""
    return policy.holds_record(path) or path == policy.index_path


def ledger_of_files(files: Mapping[str, bytes | None], policy: LedgerPolicy) -> Ledger:
    """The ledger in files by path; None for what is no plain file."""
    records, faults = {}, {}
    for path, content in files.items():
        if policy.holds_record(path):
            read = Fault(path, 0, _NO_FILE) if content is None else read_record(path, content)
            if isinstance(read, Record):
                records[path] = read
            else:
                faults[path] = read
    index = files.get(policy.index_path)
    return Ledger(records, faults, None if index is None else _text(index))


def _step(
    sides: Sides, rows: tuple[Difference, ...], policy: LedgerPolicy, source: LedgerSource
) -> Step:
    new = ledger_at(sides.head_tree, policy, source=source)
    mine = [row for row in rows if kept_by(row.path, policy)]
    before = _ledger_of([row.old for row in mine if row.old], policy, source)
    changed = {row.path for row in mine}
    old = Ledger(
        records={p: r for p, r in new.records.items() if p not in changed} | dict(before.records),
        faults={p: f for p, f in new.faults.items() if p not in changed} | dict(before.faults),
        index=before.index if policy.index_path in changed else new.index,
    )
    return Step(old, new, tuple(sorted(changed)), policy, base=sides.base)


def _ledger_of(entries: Iterable[Entry], policy: LedgerPolicy, source: LedgerSource) -> Ledger:
    mine = [entry for entry in entries if kept_by(entry.path, policy)]
    blobs = source.contents(entry.sha for entry in mine if entry.is_regular)
    files = {entry.path: blobs.get(entry.sha) if entry.is_regular else None for entry in mine}
    return ledger_of_files(files, policy)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\r\n", "\n")
