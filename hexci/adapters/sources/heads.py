"""The finished answer of the last run, valid as long as nothing it was made from has changed.

Kept in `.git/hexci`, one file for each command line and folder. This path imports next to
nothing: a commit hook that has nothing to do shall cost a Python start and one `git ls-files`.
"""

import os
import sys
import time

from hexci import __version__
from hexci.adapters.sources.repository import git_folder, hook_index
from hexci.adapters.sources.spawn import git_output

_FORMAT = "hexci-head-1"


def answer(argv: list[str]) -> int | None:
    """Prints the kept answer for `argv` and gives its exit code; None when there is none."""
    try:
        with open(_file(argv), encoding="utf-8", newline="") as source:  # noqa: PTH123
            head, _, text = source.read().partition("\n\n")
        form, stamp, code, tree, root = head.split("\n")
        if form != _FORMAT or stamp != state(root, tree):
            return None
    except (OSError, ValueError):
        return None
    except _git_failed():
        return None  # the run itself will say what is wrong
    sys.stdout.write(text)
    return int(code)


def keep(argv: list[str], root: str, tree: str, stamp: str, code: int, text: str) -> None:  # noqa: PLR0913, PLR0917
    """Keeps an answer; `stamp` is the `state` from before the run. Costs nothing if it cannot."""
    file = _file(argv)
    if not stamp or not file:
        return
    folder = file.rpartition("/")[0]
    temporary = f"{file}.{os.getpid()}"
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        with open(temporary, "w", encoding="utf-8", newline="") as sink:  # noqa: PTH123
            sink.write("\n".join((_FORMAT, stamp, str(code), tree, root)) + "\n\n" + text)
        os.replace(temporary, file)  # noqa: PTH105
    except (OSError, UnicodeEncodeError):
        return


def state(root: str, tree: str) -> str:
    """A digest of all that an answer depends on; empty where that cannot be told."""
    folder = git_folder(root)
    if not folder or tree not in {"staged", "worktree"}:
        return ""
    today = time.strftime("%Y-%m-%d", time.gmtime())
    parts = [f"{__version__} {today} {tree}".encode()]
    if tree == "staged":
        parts.append(git_output(root, "ls-files", "-s", "-z", index=hook_index(folder)))
    else:
        parts.append(git_output(root, "ls-files", "-s", "-z"))
        dirty = git_output(root, "ls-files", "-m", "-o", "--exclude-standard", "-z")
        parts += [dirty, *(_stat(root, name) for name in dirty.split(b"\0") if name)]
    return _digest(parts)


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
