"""The finished answer of the last run, valid as long as nothing it was made from has changed.

Kept in `.git/hexci`, two files for each command line and folder: the answer, and the listing it
was made from. This path imports next to nothing: a commit hook that has nothing to do shall cost
a Python start. In that order it is enough that

1. the index is byte for byte the same (its last bytes are a checksum of the rest);
2. the index lists the same files and, in a work tree, the changed ones were not touched since;
3. the few files that changed say the same as before (see `retold`).
"""

import os
import sys
import time

from hexci import __version__
from hexci.adapters.sources.repository import git_folder, hook_index
from hexci.adapters.sources.spawn import git_output

_FORMAT = "hexci-head-4"
IMPORTS, TEXTS = "imports", "texts"
_CHECKSUM = 20  # bytes at the end of an index


class Stamp:
    """What an answer depends on. Without a `digest` nothing is known and nothing can be kept."""

    __slots__ = ("digest", "dirty", "listed", "made", "mark", "parsed")

    def __init__(self, made: str = "", mark: str = "") -> None:
        """`made` is the version and the day, `mark` the checksum of the index."""
        self.made = made
        self.mark = mark
        self.digest = ""
        self.listed: bytes | None = None
        self.dirty: bytes | None = None
        self.parsed: frozenset[bytes] = frozenset()


def answer(argv: list[str]) -> int | None:
    """Prints the kept answer for `argv` and gives its exit code; None when there is none."""
    file = _file(argv)
    try:
        with open(file, encoding="utf-8", newline="") as source:  # noqa: PTH123
            head, _, text = source.read().partition("\n\n")
        form, made, mark, digest, of_what, code, tree, root = head.split("\n")
        if form != _FORMAT or made != _made():
            return None
        if not mark or mark != _mark(root, tree):
            stamp = stamp_of(root, tree)
            if stamp.digest != digest and not (
                tree == "staged" and of_what == IMPORTS and _retold(file, digest, root, stamp, text)
            ):
                return None
            keep(argv, root, tree, stamp, int(code), text, of_what)
    except (OSError, ValueError):
        return None
    except _git_failed():
        return None  # the run itself will say what is wrong
    sys.stdout.write(text)
    return int(code)


def keep(  # noqa: PLR0913, PLR0917
    argv: list[str], root: str, tree: str, stamp: Stamp, code: int, text: str, of_what: str
) -> None:
    """Keeps an answer; `stamp` is from before the run. Costs nothing if it cannot.

    `of_what` tells an answer that only imports can change from one that any text can.
    """
    file = _file(argv)
    if not stamp.digest or not file or stamp.listed is None:
        return
    head = (_FORMAT, stamp.made, stamp.mark, stamp.digest, of_what, str(code), tree, root)
    try:
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        # the listing last: an answer without it is only not told again after a change
        _write(file, ("\n".join(head) + "\n\n" + text).encode("utf-8"))
        parts = (stamp.digest.encode(), b"\0".join(sorted(stamp.parsed)), stamp.listed)
        _write(f"{file}.listing", b"%b\n%b\0\0%b" % parts)
    except (OSError, UnicodeEncodeError):
        return


def stamp_of(root: str, tree: str) -> Stamp:
    """All that an answer depends on, as it is now."""
    folder = git_folder(root)
    if not folder or tree not in {"staged", "worktree"}:
        return Stamp()
    stamp = Stamp(_made(), _mark(root, tree))
    index = hook_index(folder) if tree == "staged" else ""
    stamp.listed = git_output(root, "ls-files", "-s", "-z", index=index)
    parts = [f"{stamp.made} {tree}".encode(), stamp.listed]
    if tree == "worktree":
        stamp.dirty = git_output(root, "ls-files", "-m", "-o", "--exclude-standard", "-z")
        names = stamp.dirty.split(b"\0")
        parts += [stamp.dirty, *(_stat(root, name) for name in names if name)]
    if stamp.mark != _mark(root, tree):
        stamp.mark = ""  # somebody wrote the index while git read it
    stamp.digest = _digest(parts)
    return stamp


def _retold(file: str, digest: str, root: str, stamp: Stamp, text: str) -> bool:
    with open(f"{file}.listing", "rb") as source:  # noqa: PTH123
        made_of, _, rest = source.read().partition(b"\n")
    if made_of != digest.encode():
        return False  # two runs at once: this is the other's
    from hexci.adapters.sources.retold import same_answer  # noqa: PLC0415

    parsed, _, before = rest.partition(b"\0\0")
    stamp.parsed = frozenset(parsed.split(b"\0"))
    return same_answer(before, stamp.listed or b"", stamp.parsed, root, text)


def _made() -> str:
    return f"{__version__} {time.strftime('%Y-%m-%d', time.gmtime())}"


def _mark(root: str, tree: str) -> str:
    """The checksum in the index; empty where there is none, or where it is not enough."""
    folder = git_folder(root)
    if tree != "staged" or not folder:
        return ""
    try:
        handle = os.open(hook_index(folder) or f"{folder}/index", os.O_RDONLY)
        try:
            os.lseek(handle, -_CHECKSUM, os.SEEK_END)
            found = os.read(handle, _CHECKSUM)
        finally:
            os.close(handle)
    except OSError:
        return ""
    return found.hex() if any(found) else ""  # git may be told to leave it out: `index.skipHash`


def _write(file: str, content: bytes) -> None:
    temporary = f"{file}.{os.getpid()}"
    with open(temporary, "wb") as sink:  # noqa: PTH123
        sink.write(content)
    os.replace(temporary, file)  # noqa: PTH105


def _git_failed() -> type[Exception]:
    """Looked at only when something was raised: the import is not free."""
    from hexci.errors import HexciError  # noqa: PLC0415

    return HexciError


def _stat(root: str, name: bytes) -> bytes:
    try:
        found = os.lstat(os.path.join(os.fsencode(root), name))  # noqa: PTH118
    except OSError:
        return b"gone"
    return b"%d %d %d" % (found.st_mtime_ns, found.st_size, found.st_ino)


def _file(argv: list[str]) -> str:
    here = os.getcwd()  # noqa: PTH109
    folder = git_folder(here)
    name = _digest([os.fsencode(part) for part in (here, *argv)])[:16]
    return f"{folder}/hexci/head-{name}" if folder else ""


def _digest(parts: list[bytes]) -> str:
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
