"""What is under review: which files of the tree, and which of their lines."""

import difflib
from collections.abc import Iterable, Mapping

from hexci.domain.change import Change
from hexci.domain.globs import matches
from hexci.domain.test_files import is_test_file
from hexci.errors import BadInputError

# Languages that a lens can read; tests are what judges, not what is judged.
_CODE = ("**/*.py", "*.py")


def sides_of(target: str) -> tuple[str, str] | None:
    """(base, head) of `BASE..HEAD`; None for a path. A missing head is HEAD.

    Raises BadInputError for a range without a base, and for one of three dots.
    """
    if ".." not in target.split("/"):
        base, dots, head = target.partition("..")
        if dots and head.startswith("."):
            raise BadInputError(f"{target!r} has three dots", "Give BASE..HEAD.")
        if dots and not base:
            raise BadInputError(f"{target!r} has no base", "Give BASE..HEAD.")
        if dots:
            return base, head or "HEAD"
    return None


def whole_files(target: str, files: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """Every code file at or below the path `target` (`.`: all), each as a whole.

    Raises BadInputError when there is none.
    """
    folder = target.removeprefix("./").strip("/")
    below = "" if folder in {"", "."} else f"{folder}/"
    found = {
        p: frozenset[int]() for p in files if (p.startswith(below) or p == folder) and _code(p)
    }
    if not found:
        raise BadInputError(
            f"there is no code to review at {target!r}",
            "Name a file or folder that is committed, with Python that is not a test.",
        )
    return found


def changed_lines(change: Change) -> Mapping[str, frozenset[int]]:
    """Code files of a change, each with its new or changed lines (from 1)."""
    return {
        file.path: _changed(file.before or b"", file.after)
        for file in change.files
        if file.after is not None and _code(file.path)
    }


def _changed(before: bytes, after: bytes) -> frozenset[int]:
    old = before.decode("utf-8", "replace").splitlines()
    new = after.decode("utf-8", "replace").splitlines()
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    # what was only taken away is seen at the line that now stands there
    return frozenset(
        line
        for kind, _, _, start, end in blocks
        if kind != "equal"
        for line in range(start + 1, max(end, start + 1) + 1)
    )


def _code(path: str) -> bool:
    return matches(path, _CODE) and not is_test_file(path)
