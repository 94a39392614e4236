"""What became of a finding that was to be fixed."""

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePosixPath

from hexci.domain.canonical import digest
from hexci.domain.outcome import Outcome
from hexci.domain.review.claim import Claim

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Fix:
    """One try at a finding. `branch` and `commit` are empty unless it was committed."""

    claim: Claim
    outcome: Outcome
    run: str
    test: str
    branch: str = ""
    commit: str = ""
    candidate: str = ""
    reason: str = ""

    @property
    def landed(self) -> bool:
        """Whether the gate took it."""
        return self.outcome is Outcome.COMMITTED


def test_path(claim: Claim, folder: str, taken: Container[str]) -> str:
    """Where a claim's reproducer is kept as a test: named for what it shows, in `folder`."""
    words = re.sub(r"\W+", "_", f"{PurePosixPath(claim.path).stem} {claim.title}".lower())
    name = f"test_{words.strip('_')[:_LONGEST].rstrip('_')}"
    path = f"{folder}/{name}.py" if folder else f"{name}.py"
    if path in taken:
        return path.replace(".py", f"_{digest(claim.reproducer.encode())[-8:]}.py")
    return path
