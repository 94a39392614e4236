"""What an answer depends on, as it is now."""

import os
import time

from hexci import __version__
from hexci.adapters.sources.repository import git_folder, hook_index

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from typing import BinaryIO

    from hexci.adapters.sources.index_file import Index

_CHECKSUM = 20  # bytes at the end of an index


class Stamp:
    """What an answer depends on. Without a `digest` nothing is known and nothing can be kept."""

    __slots__ = ("digest", "dirty", "index", "listed", "made", "mark", "places")

    def __init__(self, made: str = "", mark: str = "") -> None:
        """`made` is the version and the day, `mark` the checksum of the index."""
        self.made = made
        self.mark = mark
        self.digest = ""
        self.index: Index | None = None
        self.places: dict[str, int] | None = None  # of the files in the index
        self.listed: bytes | None = None
        self.dirty: bytes | None = None


def stamp_of(root: str, tree: str) -> Stamp:
    """All that an answer depends on."""
    folder = git_folder(root)
    if not folder or tree not in {"staged", "worktree"}:
        return Stamp()
    if tree == "staged":
        from hexci.adapters.sources.index_file import entries, staged_index  # noqa: PLC0415

        index = staged_index(root)
        places = entries(index) if index is not None else None
        if index is not None and places is not None:
            stamp = stamp_by(index)
            stamp.places = places
            return stamp
    return _by_git(root, tree, folder)


def stamp_by(index: "Index") -> Stamp:
    """The stamp of what is staged, where the index can be read without git."""
    stamp = Stamp(made_now(), mark_in(index.data))
    stamp.index = index
    stamp.digest = stamp.mark or digest([index.data])
    return stamp


def stamp_in(source: "BinaryIO") -> Stamp:
    """The same from an open index."""
    source.seek(-_CHECKSUM, os.SEEK_END)
    stamp = Stamp(made_now(), mark_in(source.read()))
    stamp.digest = stamp.mark
    if not stamp.mark:
        source.seek(0)
        stamp.digest = digest([source.read()])
    return stamp


def mark_in(index: bytes) -> str:
    """The checksum at the end of an index; empty where git was told to leave it out.

    With `index.skipHash`, that is.
    """
    found = index[-_CHECKSUM:]
    return found.hex() if any(found) else ""


def _by_git(root: str, tree: str, folder: str) -> Stamp:
    from hexci.adapters.sources.spawn import git_output  # noqa: PLC0415 - often not needed

    stamp = Stamp(made_now(), mark_of(root, tree))
    index = hook_index(folder) if tree == "staged" else ""
    stamp.listed = git_output(root, "ls-files", "-s", "-z", index=index)
    parts = [f"{stamp.made} {tree}".encode(), stamp.listed]
    if tree == "worktree":
        stamp.dirty = git_output(root, "ls-files", "-m", "-o", "--exclude-standard", "-z")
        names = stamp.dirty.split(b"\0")
        parts += [stamp.dirty, *(_stat(root, name) for name in names if name)]
    if stamp.mark != mark_of(root, tree):
        stamp.mark = ""  # somebody wrote the index while git read it
    stamp.digest = digest(parts)
    return stamp


def made_now() -> str:
    """The version and the day: an answer of another is not told again."""
    return f"{__version__} {time.strftime('%Y-%m-%d', time.gmtime())}"


def mark_of(root: str, tree: str) -> str:
    """The checksum in the index; empty where there is none, or where it is not enough."""
    folder = git_folder(root)
    if tree != "staged" or not folder:
        return ""
    try:
        handle = os.open(hook_index(folder) or f"{folder}/index", os.O_RDONLY)
        try:
            os.lseek(handle, -_CHECKSUM, os.SEEK_END)
            return mark_in(os.read(handle, _CHECKSUM))
        finally:
            os.close(handle)
    except OSError:
        return ""


def digest(parts: list[bytes]) -> str:
    """A name for some bytes."""
    try:
        # what hashlib would give, without loading OpenSSL
        from _blake2 import blake2b  # noqa: PLC0415
    except ImportError:
        from hashlib import blake2b  # noqa: PLC0415
    made = blake2b(digest_size=24)
    for part in parts:
        made.update(b"%d " % len(part))
        made.update(part)
    return made.hexdigest()


def _stat(root: str, name: bytes) -> bytes:
    try:
        found = os.lstat(os.path.join(os.fsencode(root), name))  # noqa: PTH118
    except OSError:
        return b"gone"
    return b"%d %d %d" % (found.st_mtime_ns, found.st_size, found.st_ino)
