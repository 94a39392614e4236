"""A remote that is only read: claims and runs stay in the job that made them."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatch

from hexci.adapters.git.board import GitBoard
from hexci.adapters.git.origin import GitOrigin
from hexci.domain.canonical import Json
from hexci.errors import ConflictError
from hexci.ports.remote import Slip


class ReadingBoard:
    """Port Board: the shared documents, under those that this job would have written."""

    def __init__(self, board: GitBoard) -> None:
        self._board = board
        self._own: dict[str, Slip] = {}

    def read(self, name: str) -> Slip | None:
        """Ours, else the shared one."""
        return self._own.get(name) or self._board.read(name)

    def write(self, name: str, body: Mapping[str, Json], expected: str) -> Slip:
        """Remembered. Raises ConflictError when it is another version by now."""
        there = self.read(name)
        if (there.version if there else "") != expected:
            raise ConflictError(f"{name} was written by somebody else")
        self._own[name] = Slip(name, dict(body), f"{expected}+")
        return self._own[name]

    def under(self, pattern: str) -> Sequence[Slip]:
        """Both, ours over the shared ones."""
        shared = {slip.name: slip for slip in self._board.under(pattern)}
        own = {name: slip for name, slip in self._own.items() if fnmatch(name, pattern)}
        return [slip for _, slip in sorted({**shared, **own}.items())]


class ReadingOrigin:
    """Port Origin without its one effect."""

    def __init__(self, origin: GitOrigin) -> None:
        self._origin = origin

    def tip(self, ref: str) -> str:
        """As the remote says."""
        return self._origin.tip(ref)

    def fetch(self, commit: str, ref: str) -> None:
        """As the remote has it."""
        self._origin.fetch(commit, ref)

    def fetch_runs(self, day: str) -> Sequence[str]:
        """As the remote has them."""
        return self._origin.fetch_runs(day)

    def has_run(self, run: str) -> bool:
        """As the remote says."""
        return self._origin.has_run(run)

    def push_run(self, run: str, branch: str) -> None:
        """Nothing: the run is handed over."""

    def push_branch(self, branch: str, commit: str) -> None:
        """Nothing: the other job makes it again."""
