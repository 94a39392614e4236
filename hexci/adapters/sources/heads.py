"""The finished answer of the last run, valid as long as nothing it was made from has changed.

Kept in `.git/hexci`, three files for each command line and folder: the answer, the index that it
was made from, and what it hangs on. This path imports next to nothing: a commit hook that has
nothing to do shall cost a Python start. In that order it is enough that

1. the index is byte for byte the same (its last bytes are a checksum of the rest);
2. it has the same files with the same content; or, in a work tree, git lists the same files and
   the changed ones were not touched since;
3. the few files that changed say the same as before, but for imports that no rule minds (see
   `retold`).
"""

import os
import sys

from hexci.adapters.sources.repository import git_folder
from hexci.adapters.sources.stamps import Stamp, digest, made_now, mark_of, stamp_in, stamp_of

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from hexci.domain.boundaries.guards import Guards

_FORMAT = "hexci-head-6"
IMPORTS, TEXTS = "imports", "texts"  # what can change an answer
_LINES = 12  # before the text
_ESCAPED = "surrogateescape"  # paths need not be text


class Head:
    """An answer, and what is known of it.

    `of_what` tells an answer that only imports can change from one that any text can; `guarded`
    names the guards that belong to it, and `numbers` are those in it (both empty without guards).
    `landmarks` are those of the index that it was made from (empty where only git can read that),
    `parsed` are the files that the scanner was unsure of, with NULs between them.
    """

    __slots__ = (
        "code", "guarded", "landmarks", "numbers", "of_what", "parsed", "root", "text", "tree",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917
        self, root: str, tree: str, code: int, text: str, of_what: str, guarded: str = "",
        numbers: str = "", landmarks: str = "", parsed: str = "",
    ) -> None:  # fmt: skip
        """`root` and `tree` are those that the command was about."""
        self.root, self.tree, self.code, self.text = root, tree, code, text
        self.of_what, self.guarded, self.numbers = of_what, guarded, numbers
        self.landmarks, self.parsed = landmarks, parsed


def answer(argv: list[str]) -> int | None:
    """Prints the kept answer for `argv` and gives its exit code; None when there is none."""
    file = head_file(argv)
    try:
        with open(file, encoding="utf-8", errors=_ESCAPED, newline="") as source:  # noqa: PTH123
            form, made, mark, made_from, *known = source.read().split("\n", _LINES)
        if form != _FORMAT or made != made_now():
            return None
        tree, root, code, of_what, guarded, numbers, landmarks, parsed, text = known
        head = Head(root, tree, int(code), text, of_what, guarded, numbers, landmarks, parsed)
        if not mark or mark != mark_of(root, tree):
            stamp = _still_holds(file, head, made_from)
            if stamp is None:
                return None
            write_head(file, head, stamp)
    except (OSError, ValueError, IndexError):  # nothing is kept, or it is not whole
        return None
    except _git_failed():
        return None  # the run itself will say what is wrong
    sys.stdout.write(head.text)
    return head.code


def _still_holds(file: str, head: Head, made_from: str) -> Stamp | None:
    """What the answer is made from now; None where it does not hold. The head may be changed."""
    if head.landmarks:
        return _told_again(file, head, made_from)
    stamp = stamp_of(head.root, head.tree)
    return stamp if stamp.digest == made_from else None


def _told_again(file: str, head: Head, made_from: str) -> Stamp | None:
    """The same for an answer whose index is kept. Raises OSError where it is there no more."""
    from hexci.adapters.sources.index_file import place_of  # noqa: PLC0415
    from hexci.adapters.sources.retold import tell_again  # noqa: PLC0415

    place = place_of(head.root)
    if place is None:
        return None
    with (
        open(f"{file}.index", "rb", buffering=0) as before,  # noqa: PTH123
        open(place.file, "rb", buffering=0) as now,  # noqa: PTH123
    ):
        if stamp_in(before).digest != made_from:
            return None  # two runs were there at once: this is the other's
        if not tell_again(head, before, now, place, f"{file}.guards"):
            return None
        _keep_index(file, place.file)
        return stamp_in(now)


def keep(
    argv: list[str], head: Head, stamp: Stamp, parsed: list[str], guards: "Guards | None"
) -> None:
    """Keeps an answer; `stamp` is from before the run. Costs nothing if it cannot.

    `parsed` are the files that the scanner was unsure of.
    """
    file = head_file(argv)
    head.parsed = "\0".join(parsed)
    if not stamp.digest or not file or "\n" in head.root + head.parsed:
        return
    try:
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        if guards is not None and stamp.index is not None:
            from hexci.adapters.sources.kept_guards import write_guards  # noqa: PLC0415

            head.guarded = write_guards(f"{file}.guards", guards)
        if stamp.index is not None and stamp.places is not None:
            from hexci.adapters.sources.index_file import landmarks  # noqa: PLC0415

            head.landmarks = " ".join(map(str, landmarks(stamp.index, stamp.places)))
            _keep_index(file, stamp.index.place.file)
        write_head(file, head, stamp)
    except (OSError, UnicodeEncodeError):
        return


def write_head(file: str, head: Head, stamp: Stamp) -> None:
    """Writes an answer that holds for `stamp`."""
    lines = (
        _FORMAT, stamp.made, stamp.mark, stamp.digest, head.tree, head.root, str(head.code),
        head.of_what, head.guarded, head.numbers, head.landmarks, head.parsed, "",
    )  # fmt: skip
    _write(file, "\n".join(lines).encode("utf-8", _ESCAPED) + head.text.encode("utf-8"))


def _keep_index(file: str, index: str) -> None:
    """Keeps the index that an answer is made from.

    As another name of git's own file, which git replaces and never writes into. If somebody does,
    or it was replaced since it was read, its checksum tells.
    """
    kept = f"{file}.index"
    try:  # noqa: SIM105 - contextlib takes a millisecond to import
        os.unlink(kept)  # noqa: PTH108
    except FileNotFoundError:
        pass
    try:
        os.link(index, kept)
    except OSError:  # not everywhere can a file have two names
        with open(index, "rb") as source:  # noqa: PTH123
            _write(kept, source.read())


def _write(file: str, data: bytes) -> None:
    temporary = f"{file}.{os.getpid()}"
    with open(temporary, "wb") as sink:  # noqa: PTH123
        sink.write(data)
    os.replace(temporary, file)  # noqa: PTH105


def _git_failed() -> type[Exception]:
    """Looked at only when something was raised: the import is not free."""
    from hexci.errors import HexciError  # noqa: PLC0415

    return HexciError


def head_file(argv: list[str]) -> str:
    """Where the answer for `argv` is kept; empty where there is no repository."""
    here = os.getcwd()  # noqa: PTH109
    folder = git_folder(here)
    name = digest([os.fsencode(part) for part in (here, *argv)])[:16]
    return f"{folder}/hexci/head-{name}" if folder else ""
