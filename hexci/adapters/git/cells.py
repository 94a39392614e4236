"""Shared values as `refs/hexci/<name>`: one commit a change, moved by compare-and-swap."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing

from hexci.adapters.git.blobs import BlobReader
from hexci.adapters.git.plumbing import Git
from hexci.adapters.git.refs import GitRefs
from hexci.domain.canonical import Json, canonical
from hexci.errors import BadInputError, HexciError
from hexci.ports.cells import Cell

_PREFIX = "refs/hexci"
_FILE = "value.json"
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")


class GitCells:
    """Values in a repository, or, with `remote`, in that remote (nothing is kept here)."""

    def __init__(self, git: Git, remote: str = "") -> None:
        self._refs = GitRefs(git, remote)
        self._git = self._refs.git

    def read(self, name: str) -> Cell | None:
        """The value as it stands; None where there is none.

        Raises BadInputError for one that is no JSON object: anybody may have pushed it.
        """
        version = self._refs.fetched(_ref(name))
        if not version:
            return None
        try:
            value = json.loads(self._git.run("cat-file", "blob", f"{version}:{_FILE}"))
        except ValueError as error:
            raise BadInputError(f"{_ref(name)} holds no JSON: {error}") from error
        if not isinstance(value, dict):
            raise BadInputError(f"{_ref(name)} holds no JSON object")
        return Cell(value, version)

    def swap(self, name: str, before: Cell | None, value: Mapping[str, Json], why: str) -> bool:
        """Replaces what was read; False when it has changed since."""
        blob = self._git.line("hash-object", "-w", "--stdin", stdin=canonical(dict(value)) + b"\n")
        entry = f"100644 blob {blob}\t{_FILE}\0".encode()
        tree = self._git.line("mktree", "-z", stdin=entry)
        return self._refs.put(_ref(name), before.version if before else "", tree, why)

    def names(self, prefix: str) -> Sequence[str]:
        """The names below `prefix`, sorted."""
        return sorted(map(_name, self._refs.listed(f"{_PREFIX}/{prefix}/")))

    def under(self, prefix: str) -> Mapping[str, Cell]:
        """All values below `prefix`, with one question to the remote."""
        versions = self._refs.listed(f"{_PREFIX}/{prefix}/")
        self._refs.bring(*versions)
        with closing(BlobReader(self._git)) as blobs:
            found = {_name(ref): _cell(blobs, version) for ref, version in versions.items()}
        return {name: cell for name, cell in sorted(found.items()) if cell is not None}

    def history(self, name: str, most: int) -> Sequence[Mapping[str, Json]]:
        """The newest `most` values, newest first."""
        version = self._refs.version(_ref(name))
        if not version:
            return ()
        self._refs.bring(_ref(name), depth=most)
        listed = self._git.run("rev-list", f"--max-count={most}", version, "--").decode().split()
        with closing(BlobReader(self._git)) as blobs:
            cells = [_cell(blobs, commit) for commit in listed]
        return tuple(cell.value for cell in cells if cell is not None)


def _cell(blobs: BlobReader, version: str) -> Cell | None:
    try:
        value = json.loads(blobs.read(f"{version}:{_FILE}"))
    except (ValueError, HexciError):
        return None
    return Cell(value, version) if isinstance(value, dict) else None


def _name(ref: str) -> str:
    return ref.removeprefix(f"{_PREFIX}/")


def _ref(name: str) -> str:
    if not _NAME.fullmatch(name) or name.endswith(".lock") or ".lock/" in name:
        raise BadInputError(f"{name!r} is no name for shared state", "Use letters, digits, - and _")
    return f"{_PREFIX}/{name}"
