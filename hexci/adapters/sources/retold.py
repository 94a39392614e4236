"""Whether the last answer still holds for what is staged now.

Most commits change no import, and most of the others change some that no rule minds. Old and new
content are compared; whatever is not plain (a file more or less, a config, a file the scanner is
unsure of) is left to the whole run. Imports next to nothing: where a look at the two texts is
enough, no scanner is loaded.
"""

import os

from hexci.adapters.sources.contents import stored_blob
from hexci.adapters.sources.index_file import Place, changes
from hexci.domain.boundaries.file_kinds import is_document, language_of
from hexci.domain.boundaries.python.tails import says_the_same as below_the_imports

TYPE_CHECKING = False  # that of `typing` takes 2 ms to import
if TYPE_CHECKING:
    from typing import BinaryIO

    from hexci.adapters.sources.heads import Head
    from hexci.domain.boundaries.guards import Guards

_FEW = 8  # files; each may cost a git process, and more of them are seldom all without news
_CONFIGS = frozenset((".hexci/boundaries.yaml", ".hexci/boundaries.baseline", "pyproject.toml"))
_MARKS = ("__init__.py", "__init__.pyi")  # files that count only where they import something

Edit = tuple[str, list[str], list[str]]  # path, specs gone, specs come


def tell_again(
    head: "Head", before: "BinaryIO", now: "BinaryIO", place: Place, guards: str
) -> bool:
    """Whether `head` holds for `now`; its numbers, and its text where it tells them, are changed.

    `before` is the index that it was made from, `now` the one at its `place`; `guards` is the file
    of what the answer hangs on.
    """
    changed = changes(before, now, [int(mark) for mark in head.landmarks.split(" ")], _FEW)
    if changed is None:
        return False
    parsed = head.parsed.split("\0")
    edits: list[Edit] = []
    for name, then, sha in changed:
        if not name.startswith(place.below):
            continue
        path = os.fsdecode(name[len(place.below) :])
        if head.of_what != "imports" or path in _CONFIGS or is_document(path):
            return False
        if not language_of(path):
            continue
        old, new = (stored_blob(head.root, place.folder, blob) for blob in (then, sha))
        edit = edit_of(path, old, new, head.text, surely_parsed=path in parsed)
        if edit is None:
            return False
        if edit[0] or edit[1]:
            edits.append((path, *edit))
    return not edits or _take(head, edits, guards)


def edit_of(
    path: str, old: bytes, new: bytes, text: str, *, surely_parsed: bool
) -> tuple[list[str], list[str]] | None:
    """The specs of imports gone and come; None where more changed, or nobody can tell quickly."""
    if language_of(path) == "python" and not surely_parsed:
        if below_the_imports(old, new):
            return [], []
        if not path.endswith(_MARKS):
            from hexci.domain.boundaries.python.import_lines import edited_imports  # noqa: PLC0415

            found = edited_imports(old, new, may_move=not may_be_named(path, text))
            if found is not None:
                return found
    from hexci.adapters.sources.rescanned import edited  # noqa: PLC0415 - seldom needed

    return edited(path, old, new, may_move=not may_be_named(path, text))


def may_be_named(path: str, text: str) -> bool:
    """Whether `text` names `path`; of a path that a format may write otherwise, to be safe, yes."""
    bare = path.replace("/", "").replace(".", "").replace("_", "").replace("-", "")
    return not (bare.isascii() and bare.isalnum()) or path in text


def _take(head: "Head", edits: list[Edit], file: str) -> bool:
    if not head.guarded:
        return False
    from hexci.adapters.sources.kept_guards import read_guards, write_guards  # noqa: PLC0415 - seldom needed

    guards = read_guards(file, head.guarded)
    if guards is None or not retell(head, edits, guards):
        return False
    if guards.changed:
        head.guarded = write_guards(file, guards)
    return True


def retell(head: "Head", edits: list[Edit], guards: "Guards") -> bool:
    """Whether none of the edits matters to the answer but for its numbers, which are changed."""
    from hexci.adapters.sources.kept_guards import numbers_from, numbers_text  # noqa: PLC0415

    numbers = numbers_from(head.numbers)
    told = numbers.facts()
    for path, gone, come in edits:
        if not guards.take(path, gone, come, numbers):
            return False
    for fact, other in zip(told, numbers.facts(), strict=True):
        if head.text.count(fact) > 1:  # which of them is the fact?
            return False
        head.text = head.text.replace(fact, other)
    head.numbers = numbers_text(numbers)
    return True
