"""Running the evidence command where it can do no harm."""

from collections.abc import Sequence
from typing import Protocol

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.ports.rooms import Room


class EvidenceRunner(Protocol):
    """Runs the evidence in a room's sandbox and reads the runner's own account."""

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        """One run. `only` narrows it to these test ids where the runner can (else: all).

        For runners of Python a path in `only` means every test of that file.

        `shuffle` asks for another order and hash seed, where the runner can.
        """
        ...

    def can_select(self, evidence: EvidenceSpec) -> bool:
        """Whether `only` narrows a run of this command."""
        ...
