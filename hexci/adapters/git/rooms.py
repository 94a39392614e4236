"""Rooms as fresh clones of the vault: no remote, no hooks, no shared objects, no config of ours.

The history of the base is cloned once; a room is a copy of that, and of what its tree adds.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Lock

from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.vault import Vault
from hexci.errors import DeniedError


class ClonedRoom:
    """One clone. Its `.git` is as untrusted as its files: git never runs with it from here."""

    def __init__(
        self, path: Path, tree: str, vault: Vault, base_commit: str, pristine: Path
    ) -> None:
        self._path = path
        self._pristine = pristine
        self._tree = tree
        self._vault = vault
        self._base_commit = base_commit
        self._index = vault.folder / f"index-{path.name}"
        self._populate()

    @property
    def path(self) -> Path:
        """Its absolute path."""
        return self._path

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Writes (None deletes) regular files; none is written when one path is refused."""
        places = {self._inside(path): content for path, content in files.items()}
        for place, content in places.items():
            if content is None:
                place.unlink(missing_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def read(self, path: str) -> bytes | None:
        """A regular file's content; None where there is none."""
        place = self._inside(path)
        return place.read_bytes() if place.is_file() else None

    def snapshot(self) -> str:
        """The tree SHA of all that is in it now, ignored files left out.

        Read with the vault's git and config, so nothing planted in the room's `.git` or
        `.gitattributes` can run; nested repositories appear as gitlinks for the gate to refuse.
        """
        git = Git(self._path).with_environment(
            GIT_DIR=str(self._vault.folder),
            GIT_WORK_TREE=str(self._path),
            GIT_INDEX_FILE=str(self._index),
        )
        git.run(
            "-c", "core.bare=false", "-c", "advice.addEmbeddedRepo=false", "add", "-A", "--", "."
        )
        return git.line("write-tree")

    def reset(self) -> None:
        """Back to the tree it was made from: removed and cloned again."""
        self.remove()
        self._populate()

    def remove(self) -> None:
        """Removes the clone, whatever modes were set in it."""
        if self._path.exists():
            shutil.rmtree(self._path, onerror=_make_writable_and_retry)

    def _populate(self) -> None:
        commit = self._tree_commit()
        self._path.mkdir(parents=True)
        # copied, not linked: what runs here may write to every file that it sees
        shutil.copytree(self._pristine, self._path / ".git")
        inside = Git(self._path)
        if commit != self._base_commit:
            branch = f"refs/heads/room-{self._path.name}"
            self._vault.git.run("update-ref", branch, commit)
            inside.run(
                "fetch", "-q", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance",
                "--", str(self._vault.folder), branch,
            )  # fmt: skip
            self._vault.git.run("update-ref", "-d", branch)
        inside.run("checkout", "-q", "--detach", commit)
        # taken before anything untrusted runs here: it lets `snapshot` skip unchanged files
        shutil.copy2(self._path / ".git" / "index", self._index)

    def _tree_commit(self) -> str:
        if self._vault.tree_of(self._base_commit) == self._tree:
            return self._base_commit
        return self._vault.commit(
            self._tree, [self._base_commit], "The change under judgement\n",
            who="hexci[bot] <hexci[bot]@users.noreply.github.com>", at="2000-01-01T00:00:00Z",
        )  # fmt: skip

    def _inside(self, path: str) -> Path:
        pure = PurePosixPath(path)
        refused = pure.is_absolute() or ".." in pure.parts or not pure.parts or "\0" in path
        if refused or pure.parts[0].casefold() == ".git":
            raise DeniedError(
                f"{path!r} is outside the clone", "Use a path below the repository root."
            )
        place = self._path.joinpath(*pure.parts)
        for parent in (place, *place.parents):
            if parent == self._path:
                return place
            if parent.is_symlink():
                raise DeniedError(f"{path!r} goes through a symbolic link", "Name the file itself.")
        raise DeniedError(f"{path!r} is outside the clone")


class ClonedRooms:
    """Makes rooms below one folder, numbered so that no two share a path."""

    def __init__(self, vault: Vault, folder: Path, base_commit: str) -> None:
        self._vault = vault
        self._folder = folder
        self._base_commit = base_commit
        self._numbers = count(1)
        self._lock = Lock()

    def _pristine(self) -> Path:
        """The `.git` of a clone of the base's history, made once: packing it is what takes time."""
        made = self._folder / "pristine"
        with self._lock:
            if not made.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                git = self._vault.git
                git.run("update-ref", "refs/heads/pristine", self._base_commit)
                Git(self._vault.folder.parent).run(
                    "clone", "-q", "--no-local", "--no-hardlinks", "--template=", "--no-checkout",
                    "--single-branch", "-b", "pristine", "--", str(self._vault.folder), str(made),
                )  # fmt: skip
                inside = Git(made)
                inside.run("update-ref", "--no-deref", "HEAD", self._base_commit)
                inside.run("branch", "-q", "-D", "pristine")
                inside.run("remote", "remove", "origin")
                git.run("update-ref", "-d", "refs/heads/pristine")
        return made / ".git"

    @contextmanager
    def clone(self, tree: str) -> Iterator[ClonedRoom]:
        """A fresh clone at `tree`, removed when the block ends."""
        path = self._folder / f"room{next(self._numbers)}"
        room = ClonedRoom(path, tree, self._vault, self._base_commit, self._pristine())
        try:
            yield room
        finally:
            room.remove()


def _make_writable_and_retry(function: Callable[..., object], path: str, _: object) -> None:
    for place in (Path(path).parent, Path(path)):
        if not place.is_symlink():
            place.chmod(place.stat().st_mode | stat.S_IRWXU)
    if function in (os.scandir, os.open, os.listdir):
        shutil.rmtree(path, ignore_errors=True)
    else:
        function(path)
