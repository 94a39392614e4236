"""Git's index, read without git: what is staged, and how the disk looked when it was staged.

Only the plain form (version 2, SHA-1, neither split nor sparse, no conflict), which is what git
writes unless told otherwise; of any other the answer is None, and git itself is asked. Imports
next to nothing, since a commit hook waits for it.
"""

import os

from hexci.adapters.sources.repository import git_folder, hook_index

_HEAD = b"DIRC\0\0\0\2"
_HEADER = 12
_FIXED = 62  # bytes of an entry before its path
_CHECKSUM = 20
_LONG = 0xFFF  # the length of a path that is longer than its field can say
_FILE = 0x81  # of the modes 100644 and 100755; links and submodules begin otherwise
_STRIDE = 256  # entries from one landmark to the next
_ODD = 0x70  # of the flags' first byte: an extended entry, or one side of a conflict
# a config that names these may mean another hash, another work tree or another config
_ODD_WORDS = (b"objectformat", b"worktree", b"[include")

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

Change = tuple[bytes, str, str]  # path, SHA then, SHA now


class Place:
    """Where an index is, and where the root of a run is in its repository."""

    __slots__ = ("below", "file", "folder")

    def __init__(self, folder: str, file: str, below: bytes) -> None:
        """`folder` is the `.git`; `below` the root's folder, with a slash at its end or empty."""
        self.folder, self.file, self.below = folder, file, below


class Index:
    """An index as it is on the disk."""

    __slots__ = ("data", "end", "place", "written")

    def __init__(self, place: Place, data: bytes, written: int) -> None:
        """`written` is when the index was written, in ns."""
        self.place, self.data, self.written = place, data, written
        self.end = 0  # of the entries, once they were gone through


def place_of(root: str) -> Place | None:
    """Where the index is that `git commit` would take in `root`; None where git must be asked."""
    folder = git_folder(root)
    if not folder or not _is_ordinary(folder):
        return None
    here = os.path.realpath(root)
    top = here
    while not os.path.lexists(f"{top}/.git"):
        top = os.path.dirname(top)  # noqa: PTH120 - pathlib costs 8 ms to import
    inside = here[len(top.rstrip("/")) + 1 :]
    file = hook_index(folder) or f"{folder}/index"
    return Place(folder, file, os.fsencode(f"{inside}/") if inside else b"")


def staged_index(root: str) -> Index | None:
    """The index that `git commit` would take in `root`; None where git must be asked."""
    place = place_of(root)
    if place is None:
        return None
    try:
        with open(place.file, "rb") as source:  # noqa: PTH123
            written = os.fstat(source.fileno()).st_mtime_ns
            return Index(place, source.read(), written)
    except OSError:
        return None


def _is_ordinary(folder: str) -> bool:
    try:
        with open(f"{folder}/config", "rb") as source:  # noqa: PTH123
            config = source.read().lower()
    except OSError:
        return False
    return not any(word in config for word in _ODD_WORDS)


def entries(index: Index) -> dict[str, int] | None:
    """Path → where its entry is, of the regular files below the root; None: not plain."""
    data, below = index.data, index.place.below
    if data[:8] != _HEAD:
        return None
    found: dict[str, int] = {}
    skipped = len(below)
    at = _HEADER
    try:
        for _ in range(int.from_bytes(data[8:_HEADER], "big")):
            flags = data[at + 60]
            end = at + _FIXED + data[at + 61]
            if flags & 0x7F:  # a long path, or an odd entry
                if flags & _ODD:
                    return None
                end += (flags & 15) << 8
                if end - at == _FIXED + _LONG:
                    end = data.index(b"\0", at + _FIXED)
            if data[at + 26] == _FILE and (not below or data.startswith(below, at + _FIXED)):
                name = data[at + _FIXED + skipped : end]
                try:
                    found[name.decode()] = at
                except UnicodeDecodeError:
                    found[name.decode("utf-8", "surrogateescape")] = at
            at += (end - at + 8) & ~7
    except (IndexError, ValueError):
        return None
    index.end = at
    return found if _ends_plainly(data, at) else None


def landmarks(index: Index, places: "Mapping[str, int]") -> list[int]:
    """Where the header ends, where some entries begin, and last, where all end.

    What stands between two of them can be compared without going through it. `places` are those
    that `entries` found.
    """
    return [_HEADER, *list(places.values())[::_STRIDE], index.end]


def sha_at(data: bytes, at: int) -> str:
    """The name of the blob in the entry at `at`."""
    return data[at + 40 : at + 60].hex()


def changes(
    before: "BinaryIO", now: "BinaryIO", marks: list[int], most: int
) -> list[Change] | None:
    """The files whose content differs; None when there are over `most`, or more differs.

    Read piece by piece, which takes a quarter of the time that the whole would: the memory for a
    piece is had once. `marks` are the landmarks of `before`.
    """
    before.seek(0)
    now.seek(0)
    found: list[Change] = []
    start = 0
    for mark in marks:
        old, new = before.read(mark - start), now.read(mark - start)
        if old != new:
            more = _changed_entries(old, new) if start else None
            if more is None or len(found) + len(more) > most:
                return None
            found += more
        start = mark
    return found if _ends_plainly(now.read(), 0) else None


def _changed_entries(before: bytes, now: bytes) -> list[Change] | None:
    """The same of a few entries."""
    found: list[Change] = []
    at = 0
    while (different := _difference(before, now, at)) < len(before):
        start = at
        while (at := _after(before, start)) <= different:
            start = at
        old, new = before[start:at], now[start:at]
        if old[24:28] != new[24:28] or old[60:] != new[60:]:
            return None  # another mode, or another path: all that follows is moved
        if old[40:60] != new[40:60]:
            if new[26] != _FILE:
                return None
            found.append((new[_FIXED:].rstrip(b"\0"), old[40:60].hex(), new[40:60].hex()))
    return found


def _after(data: bytes, at: int) -> int:
    """Where the entry at `at` ends."""
    length = (data[at + 60] & 15) << 8 | data[at + 61]
    if length == _LONG:
        length = data.index(b"\0", at + _FIXED) - at - _FIXED
    return at + ((_FIXED + length + 8) & ~7)


def _ends_plainly(data: bytes, at: int) -> bool:
    """Whether only what may be left unread stands between the last entry and the checksum."""
    last = len(data) - _CHECKSUM
    while at < last:
        if not 65 <= data[at] <= 90:  # a small letter: whoever does not know it must not go on
            return False
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    return at == last


def _difference(before: bytes, now: bytes, at: int) -> int:
    """Where two texts differ, from `at` on; the length of the first where they do not."""
    step = 1 << 14
    while step and at < len(before):
        if before[at : at + step] == now[at : at + step]:
            at += step
        else:
            step //= 2
    return min(at, len(before))
