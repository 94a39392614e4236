"""Where ledgers are read from and written to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from hexci.domain.ledger.code import AddedLine


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree: path from the root, git's octal mode, blob SHA."""

    path: str
    mode: str
    sha: str

    @property
    def is_regular(self) -> bool:
        """Whether it is a plain file, not a link or a submodule."""
        return self.mode.startswith("100")


@dataclass(frozen=True, slots=True)
class Difference:
    """One path that differs between two trees; a side that lacks it is None."""

    path: str
    old: Entry | None
    new: Entry | None


@dataclass(frozen=True, slots=True)
class Landing:
    """One commit of the protected branch's first-parent line, and what it changed."""

    commit: str
    author: str
    date: str
    subject: str
    differences: tuple[Difference, ...]


class LedgerSource(Protocol):
    """Trees as they are in git. Trees are named by SHA."""

    def entries(self, tree: str, folder: str) -> tuple[Entry, ...]:
        """All below `folder`, sorted by path; empty when there is no such folder."""
        ...

    def contents(self, shas: Iterable[str]) -> Mapping[str, bytes]:
        """Blobs by SHA. Raises HexciError for one that is missing."""
        ...

    def differences(self, base: str, head: str) -> tuple[Difference, ...]:
        """What differs between two trees; no renames, sorted by path."""
        ...

    def added_lines(self, base: str, head: str, folder: str) -> tuple[AddedLine, ...]:
        """Added lines that could cite a record of the ledger in `folder`."""
        ...

    def files(self, tree: str) -> tuple[str, ...]:
        """Every path of a tree."""
        ...


class LedgerHistory(Protocol):
    """The first-parent line."""

    def landings(self, head: str, paths: Iterable[str]) -> Iterator[Landing]:
        """The commits that touched `paths`, oldest first. Raises BadInputError when shallow."""
        ...


class LedgerDesk(Protocol):
    """The work tree's ledger folder."""

    def read(self, folder: str) -> Mapping[str, bytes | None]:
        """Every file below `folder` by path from the root; None for what is no plain file."""
        ...

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Writes all (None deletes) or nothing. Raises DeniedError for a path outside."""
        ...
