"""Two states of a ledger, before and after one landing: what every rule looks at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Fault, Record


@dataclass(frozen=True, slots=True)
class Ledger:
    """Records and faults by path, and the text of the generated index (None: no such file)."""

    records: Mapping[str, Record] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    index: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """From `old` to `new`. `changed` are the ledger's paths that differ, sorted.

    `adopting` is the one step that takes a ledger as it is: what it breaks is debt, not an
    error. `base` names the old side for people.
    """

    old: Ledger
    new: Ledger
    changed: tuple[str, ...]
    policy: LedgerPolicy
    adopting: bool = False
    base: str = "the base"

    def pairs(self) -> Iterator[tuple[Record, Record]]:
        """Changed records that can be read on both sides."""
        for path in self.changed:
            old, new = self.old.records.get(path), self.new.records.get(path)
            if old is not None and new is not None:
                yield old, new

    def added(self) -> Iterator[Record]:
        """Records that the old side does not have, not even unreadable."""
        for path in self.changed:
            new = self.new.records.get(path)
            if new and path not in self.old.records and path not in self.old.faults:
                yield new

    def touched(self) -> Iterator[Record]:
        """Changed or added records of the new side."""
        for path in self.changed:
            if path in self.new.records:
                yield self.new.records[path]

    def before(self, record_id: str) -> Record | None:
        """The record of this id on the old side."""
        return self.old.records.get(self.policy.path_of(record_id))

    def after(self, record_id: str) -> Record | None:
        """The record of this id on the new side."""
        return self.new.records.get(self.policy.path_of(record_id))

    def moving(self) -> dict[str, str]:
        """What becomes of records in force, by id: replaced in this step, or by a proposal."""
        said: dict[str, str] = {}
        for path in sorted(self.new.records):
            record = self.new.records[path]
            for other in record.items("supersedes"):
                before = self.before(other)
                if before is None or not before.status.in_force:
                    continue
                if self.newly_accepted(record):
                    said[other] = f"superseded in this change by {record.id}"
                elif not record.status.decided:
                    said.setdefault(other, f"proposed to be superseded by {record.id}")
        return said

    def newly_accepted(self, record: Record) -> bool:
        """Whether `record` of the new side came into force in this step."""
        old = self.old.records.get(record.path)
        was = old is not None and old.status.was_accepted
        return record.status.was_accepted and not was
