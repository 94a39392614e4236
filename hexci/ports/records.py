"""Where runs are recorded: in git, under `refs/hexci` and the notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

# How the subject of a record's last step begins; every other subject is of a run under way.
END = "end "


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run's record as it stands: the files of its tree by name, and the commit that holds it."""

    run: str
    commit: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Landing:
    """What EMIT writes in one transaction: a branch, its evidence note, the run's last step."""

    branch: str
    commit: str
    tree: str
    note: bytes


class Records(Protocol):
    """Run records, one commit chain a run."""

    def begin(self, run: str, files: Mapping[str, bytes], subject: str) -> None:
        """Starts a record. Raises ConflictError when the run is already recorded."""
        ...

    def step(
        self,
        run: str,
        files: Mapping[str, bytes],
        subject: str,
        landing: Landing | None = None,
        *,
        after: str = "",
    ) -> None:
        """Adds a step: `files` over the ones before. With `landing`, all refs move or none.

        `after` is the commit that must be the last step still (StoredRun.commit).
        Raises ConflictError when somebody else moved one of the refs.
        """
        ...

    def runs(self) -> Sequence[str]:
        """Ids of all recorded runs, oldest first."""
        ...

    def unended(self) -> Sequence[str]:
        """Ids of the runs whose last step does not begin with END; cheap however many there are."""
        ...

    def load(self, run: str) -> StoredRun | None:
        """A run's record, None when there is none."""
        ...

    def evidence_of(self, tree: str) -> Sequence[bytes]:
        """The evidence notes on a tree, one canonical JSON document each."""
        ...

    def forget(self, runs: Sequence[str]) -> None:
        """Removes the records of `runs`; evidence notes stay."""
        ...
