"""What tests of runners share: a folder that serves as a room, and how to read an account."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hexci.domain.evidence import EvidenceRun

Runs = Callable[..., EvidenceRun]


@dataclass(frozen=True)
class Folder:
    """As much of a room as a runner needs."""

    path: Path


def statuses(run: EvidenceRun) -> dict[str, str]:
    assert run.account is not None, (run.output, run.notes)
    return {test.id: test.status.value for test in run.account.tests}
