"""What all machines share: refs of the repository everybody pushes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hexci.domain.canonical import Json


@dataclass(frozen=True, slots=True)
class Slip:
    """A small document on the board. `version` changes whenever it is written."""

    name: str
    body: Mapping[str, Json]
    version: str


class Board(Protocol):
    """Documents below `refs/hexci/locks`, each written by compare-and-swap."""

    def read(self, name: str) -> Slip | None:
        """A document as it stands now on the remote."""
        ...

    def write(self, name: str, body: Mapping[str, Json], expected: str) -> Slip:
        """Writes over the version `expected` (empty: there is none yet).

        Raises ConflictError when somebody else was first.
        """
        ...

    def under(self, pattern: str) -> Sequence[Slip]:
        """All documents whose name matches a glob, sorted by name; unreadable ones left out."""
        ...


class Origin(Protocol):
    """Code and records, to and from the remote."""

    def tip(self, ref: str) -> str:
        """The commit of a full ref name; empty where there is none."""
        ...

    def fetch(self, commit: str, ref: str) -> None:
        """Brings a commit here, by the full name of a ref that leads to it.

        Raises ConflictError when the ref leads elsewhere by now.
        """
        ...

    def fetch_runs(self, day: str) -> Sequence[str]:
        """Brings the records of a day (`20270131`) here; their ids."""
        ...

    def has_run(self, run: str) -> bool:
        """Whether the record of a run is there, and is here now."""
        ...

    def push_run(self, run: str, branch: str) -> None:
        """The record and, unless `branch` is empty, the branch: both or none. Then the notes.

        Pushing again what is there already is fine. Raises ConflictError when either is
        something else there.
        """
        ...

    def push_branch(self, branch: str, commit: str) -> None:
        """A new branch at `commit`. One that is there already stays as it is."""
        ...
