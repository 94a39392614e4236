"""Clean clones in which untrusted things happen."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import PurePath
from typing import Protocol


class Room(Protocol):
    """One clone, with no remote and nothing of the operator's checkout in it."""

    @property
    def path(self) -> PurePath:
        """Its absolute path on this machine."""
        ...

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Writes (None deletes) regular files. Raises DeniedError for a path outside."""
        ...

    def read(self, path: str) -> bytes | None:
        """A regular file's content; None where there is none. Raises DeniedError outside."""
        ...

    def snapshot(self) -> str:
        """The tree SHA of all that is in it now (ignored files left out), read as data."""
        ...

    def reset(self) -> None:
        """Back to the tree it was made from, untracked and ignored files removed."""
        ...


class Rooms(Protocol):
    """Where rooms come from."""

    def clone(self, tree: str) -> AbstractContextManager[Room]:
        """A fresh clone at `tree`; it and every process in it are gone when the block ends."""
        ...
