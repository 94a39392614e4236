"""The finished answer of the last run, valid as long as nothing it was made from has changed.

Kept in `.git/hexci`, three files for each command line and folder: the answer, what it was made
from, and what it hangs on. This path imports next to nothing: a commit hook that has nothing to
do shall cost a Python start. In that order it is enough that

1. the index is byte for byte the same (its last bytes are a checksum of the rest);
2. it has the same files with the same content; or, in a work tree, git lists the same files and
   the changed ones were not touched since;
3. the few files that changed say the same as before, but for imports that no rule minds (see
   `retold`).
"""

import os
import sys

from hexci.adapters.sources.repository import git_folder
from hexci.adapters.sources.stamps import Stamp, digest, made_now, mark_of, stamp_by, stamp_of

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from hexci.domain.boundaries.guards import Guards

_FORMAT = "hexci-head-5"
IMPORTS, TEXTS = "imports", "texts"  # what can change an answer


class Head:
    """An answer, and what is known of it.

    `of_what` tells an answer that only imports can change from one that any text can; `guarded`
    names the guards that belong to it, and `numbers` are those in it (both empty without guards).
    """

    __slots__ = ("code", "guarded", "numbers", "of_what", "root", "text", "tree")

    def __init__(  # noqa: PLR0913, PLR0917
        self, root: str, tree: str, code: int, text: str, of_what: str, guarded: str = "",
        numbers: str = "",
    ) -> None:  # fmt: skip
        """`root` and `tree` are those that the command was about."""
        self.root, self.tree, self.code, self.text = root, tree, code, text
        self.of_what, self.guarded, self.numbers = of_what, guarded, numbers


def answer(argv: list[str]) -> int | None:
    """Prints the kept answer for `argv` and gives its exit code; None when there is none."""
    file = head_file(argv)
    try:
        with open(file, encoding="utf-8", newline="") as source:  # noqa: PTH123
            top, _, text = source.read().partition("\n\n")
        form, made, mark, made_from, of_what, code, guarded, numbers, tree, root = top.split("\n")
        if form != _FORMAT or made != made_now():
            return None
        head = Head(root, tree, int(code), text, of_what, guarded, numbers)
        if not mark or mark != mark_of(root, tree):
            stamp = _still_holds(file, head, made_from)
            if stamp is None:
                return None
            write_head(file, head, stamp)
    except (OSError, ValueError):
        return None
    except _git_failed():
        return None  # the run itself will say what is wrong
    sys.stdout.write(head.text)
    return head.code


def _still_holds(file: str, head: Head, made_from: str) -> Stamp | None:
    """What the answer is made from now; None where it does not hold. The head may be changed."""
    if head.tree == "staged":
        of, _, rest = _index_of(file).partition(b"\n")
        if of == made_from.encode():  # else two runs were there at once: this is the other's
            from hexci.adapters.sources.index_file import staged_index  # noqa: PLC0415
            from hexci.adapters.sources.retold import tell_again  # noqa: PLC0415

            index = staged_index(head.root)
            parsed, _, before = rest.partition(b"\0\0")
            known = frozenset(parsed.split(b"\0"))
            if index is None or not tell_again(head, before, index, known, f"{file}.guards"):
                return None
            stamp = stamp_by(index)
            write_index(file, stamp, parsed)
            return stamp
    stamp = stamp_of(head.root, head.tree)
    return stamp if stamp.digest == made_from else None


def keep(
    argv: list[str], head: Head, stamp: Stamp, parsed: list[str], guards: "Guards | None"
) -> None:
    """Keeps an answer; `stamp` is from before the run. Costs nothing if it cannot.

    `parsed` are the files that the scanner was unsure of.
    """
    file = head_file(argv)
    if not stamp.digest or not file:
        return
    try:
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        if guards is not None and stamp.index is not None:
            from hexci.adapters.sources.kept_guards import write_guards  # noqa: PLC0415

            head.guarded = write_guards(f"{file}.guards", guards)
        # what it is made from last: an answer without it is only not told again after a change
        write_head(file, head, stamp)
        write_index(file, stamp, b"\0".join(sorted(map(os.fsencode, parsed))))
    except (OSError, UnicodeEncodeError):
        return


def write_head(file: str, head: Head, stamp: Stamp) -> None:
    """Writes an answer that holds for `stamp`."""
    top = (
        _FORMAT, stamp.made, stamp.mark, stamp.digest, head.of_what, str(head.code),
        head.guarded, head.numbers, head.tree, head.root,
    )  # fmt: skip
    _write(file, ["\n".join(top).encode("utf-8"), b"\n\n", head.text.encode("utf-8")])


def write_index(file: str, stamp: Stamp, parsed: bytes) -> None:
    """Writes the index that an answer was made from, where that can be read without git."""
    if stamp.index is not None:
        parts = [stamp.digest.encode(), b"\n", parsed, b"\0\0", stamp.index.data]
        _write(f"{file}.index", parts)


def _index_of(file: str) -> bytes:
    try:
        with open(f"{file}.index", "rb") as source:  # noqa: PTH123
            return source.read()
    except FileNotFoundError:
        return b""  # one that only git can read


def _write(file: str, parts: list[bytes]) -> None:
    temporary = f"{file}.{os.getpid()}"
    with open(temporary, "wb") as sink:  # noqa: PTH123
        sink.writelines(parts)
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
