"""The files of a git repository by blob SHA: as staged, as in the work tree, as in a commit."""

import os
from collections.abc import Iterable, Iterator, Mapping

from hexci.adapters.sources.contents import blob_sha, disk_content
from hexci.adapters.sources.spawn import git_argv, git_environment, git_output
from hexci.errors import HexciError

_REGULAR = ("100644 ", "100755 ")
_BATCH = 256  # blobs asked of one `git cat-file`


class ListedFiles:
    """What `git commit` would commit, as git lists it. Unstaged edits are not seen."""

    def __init__(self, root: str, listed: bytes) -> None:
        """`listed` is the output of `git ls-files -s -z`."""
        self._root, self._shas = root, entries(listed)

    def listing(self) -> Mapping[str, str]:
        """Path → blob SHA of every regular file."""
        return self._shas

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Contents; from the disk where it holds what is staged, which is five times as fast."""
        missing: list[tuple[str, str]] = []
        for path in paths:
            sha = self._shas[path]
            content = disk_content(f"{self._root}/{path}")
            if content is not None and blob_sha(content, len(sha)) == sha:
                yield path, content
            else:
                missing.append((path, sha))
        yield from blobs(self._root, missing)


class WorkTreeFiles:
    """What is on the disk: tracked and untracked files that git does not ignore."""

    def __init__(self, root: str, listed: bytes | None = None, dirty: bytes | None = None) -> None:
        """`listed` and `dirty` are the outputs of `listed_files` and `dirty_files`, if known."""
        self._root, self._listed, self._dirty = root, listed, dirty

    def listing(self) -> Mapping[str, str]:
        """Path → blob SHA; that of a changed file is made from what it holds now."""
        if self._listed is None:
            self._listed = listed_files(self._root)
        if self._dirty is None:
            self._dirty = dirty_files(self._root)
        found = entries(self._listed)
        for name in self._dirty.split(b"\0"):
            if not name:
                continue
            path = os.fsdecode(name)
            full = f"{self._root}/{path}"
            content = disk_content(full)
            if content is None:
                found.pop(path, None)
            else:
                found[path] = blob_sha(content, 40)
        return found

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Contents, from the disk."""
        for path in paths:
            content = disk_content(f"{self._root}/{path}")
            if content is not None:
                yield path, content


class CommittedFiles:
    """What a commit holds."""

    def __init__(self, root: str, commit: str) -> None:
        self._root, self._commit = root, commit
        self._shas: dict[str, str] = {}

    def listing(self) -> Mapping[str, str]:
        """Path → blob SHA of every regular file below the root."""
        if self._shas:
            return self._shas
        out = git_output(self._root, "ls-tree", "-r", "-z", self._commit, "--", ".")
        found = {}
        for entry in out.decode("utf-8", "surrogateescape").split("\0"):
            head, _, path = entry.partition("\t")
            if head.startswith(_REGULAR):
                found[path] = head.rsplit(" ", 1)[1]
        self._shas = found
        return found

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Contents, from the object store."""
        shas = self.listing()
        yield from blobs(self._root, [(path, shas[path]) for path in paths])


def listed_files(root: str) -> bytes:
    """`git ls-files -s -z`: mode, SHA, stage and path of all that is in the index."""
    return git_output(root, "ls-files", "-s", "-z")


def dirty_files(root: str) -> bytes:
    """Paths that differ from the index, or are not in it and not ignored."""
    return git_output(root, "ls-files", "-m", "-o", "--exclude-standard", "-z")


def entries(listed: bytes) -> dict[str, str]:
    """Path → SHA of the regular files in `git ls-files -s -z`; conflicted paths: ours."""
    # `100644 <sha> <stage>\t<path>`
    text = listed.decode("utf-8", "surrogateescape")
    lines = [line for line in text.split("\0") if line.startswith(_REGULAR)]
    if not lines:
        return {}
    tab = lines[0].find("\t")
    theirs = [line for line in lines if line[tab - 1] == "3"]
    found = {line[tab + 1 :]: line[7 : tab - 2] for line in lines if line[tab - 1] != "3"}
    if not theirs:
        return found
    for line in theirs:
        found.setdefault(line[tab + 1 :], line[7 : tab - 2])
    return dict(sorted(found.items()))


def blobs(root: str, wanted: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Contents of blobs by SHA. Raises HexciError when one is missing."""
    if not wanted:
        return
    import subprocess  # noqa: PLC0415 - most runs read everything from the disk

    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        done = subprocess.run(
            git_argv(root, "cat-file", "--batch"),
            env=git_environment(),
            input="".join(f"{sha}\n" for _, sha in some).encode(),
            capture_output=True,
            timeout=300,
            check=False,
        )
        yield from _unpacked(some, done.stdout)


def _unpacked(some: list[tuple[str, str]], out: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    for path, sha in some:
        end = out.find(b"\n", at)
        header = out[at:end].split()
        if len(header) != 3:
            raise HexciError(f"{path}: object {sha} is missing", "See: git fsck")
        size = int(header[2])
        yield path, out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
