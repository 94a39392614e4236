"""Does what a record decided hold? Its `verify` command is run in a clean clone."""

from dataclasses import dataclass

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.ledger.record import Record
from hexci.errors import BadInputError
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner


@dataclass(frozen=True, slots=True)
class Verified:
    """A run of a record's evidence at a tree."""

    record: Record
    tree: str
    run: EvidenceRun

    @property
    def holds(self) -> bool:
        """Whether the evidence passed."""
        return self.run.green

    def told(self) -> str:
        """One line for the ledger: what ran, where, and how it ended."""
        command = self.record.text("verify").replace("`", "'")
        how = f"{self.run.seconds:.1f} s, isolation {self.run.isolation}"
        return f"`{command}` passed at tree {self.tree[:12]} ({how})"


def verify_record(record: Record, tree: str, *, rooms: Rooms, runner: EvidenceRunner) -> Verified:
    """Runs the record's evidence at `tree`. Raises BadInputError when it names none."""
    command = record.text("verify")
    if not command:
        raise BadInputError(
            f"{record.id} has no verify command: completion is earned, not ticked",
            "Give the next decision one: hexci adr new ... --verify 'pytest tests/storage'",
        )
    with rooms.clone(tree) as room:
        return Verified(record, tree, runner.run(EvidenceSpec(command), room))
