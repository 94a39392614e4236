"""A proposed edit: several files, all or none, matched exactly or not at all."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from hexci.domain.canonical import Json

# Reads a file of the base; None where there is none.
Read = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whole contents by path (None deletes), and what a person should know about the matching.

    When `problem` is set nothing else counts: it says what the model should do differently.
    """

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""


class _RefusedError(Exception):
    """An edit that cannot be made; its text is for the model."""


def proposal(arguments: Mapping[str, Json], read: Read) -> Proposal:
    """The files that the arguments of `propose_edit` would make of the base."""
    files: dict[str, bytes | None] = {}
    notes: list[str] = []

    def now(path: str) -> bytes | None:
        return files[path] if path in files else read(path)

    try:
        for number, edit in enumerate(_edits(arguments), start=1):
            path = _path(edit, number)
            files[path] = _applied(edit, path, now(path), notes)
    except _RefusedError as error:
        return Proposal(problem=str(error))
    changed = {path: content for path, content in files.items() if content != read(path)}
    if not changed:
        return Proposal(problem="the edit changes nothing: the files are as they were")
    return Proposal(changed, tuple(notes))


def _edits(arguments: Mapping[str, Json]) -> list[dict[str, Json]]:
    given = arguments.get("edits")
    if given is None and "path" in arguments:
        given = [dict(arguments)]  # one edit without the list round it
    if not isinstance(given, list) or not given:
        raise _RefusedError("propose_edit needs `edits`: a list with at least one edit")
    edits = [edit for edit in given if isinstance(edit, dict)]
    if len(edits) != len(given):
        raise _RefusedError("every edit must be an object with a `path`")
    return edits


def _path(edit: Mapping[str, Json], number: int) -> str:
    path = edit.get("path")
    if not isinstance(path, str) or not path.strip():
        raise _RefusedError(f"edit {number} has no `path`")
    pure = PurePosixPath(path.strip())
    if pure.is_absolute() or ".." in pure.parts or "\0" in path or "\n" in path:
        raise _RefusedError(f"{path!r} is not a path below the repository root")
    if any(part.casefold() == ".git" for part in pure.parts):
        raise _RefusedError(f"{path!r} is git's own")
    return str(pure)


def _applied(
    edit: Mapping[str, Json], path: str, before: bytes | None, notes: list[str]
) -> bytes | None:
    content, old, new = edit.get("content"), edit.get("old"), edit.get("new")
    if edit.get("delete") is True:
        if before is None:
            raise _RefusedError(f"{path} cannot be deleted: there is no such file")
        return None
    if isinstance(content, str):
        return content.encode("utf-8", "surrogatepass")
    if not isinstance(new, str) or not isinstance(old, str):
        raise _RefusedError(f"the edit of {path} needs `old` and `new`, `content`, or `delete`")
    if before is None:
        raise _RefusedError(f"{path} does not exist; create it with `content`")
    text = _text(before, path)
    if not old:
        raise _RefusedError(f"`old` is empty; give {path} whole as `content` instead")
    return _replaced(text, old, new, path, notes).encode("utf-8")


def _text(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _RefusedError(f"{path} is not UTF-8 text; it can only be replaced whole") from error


def _replaced(text: str, old: str, new: str, path: str, notes: list[str]) -> str:
    if "\r\n" in text and "\r\n" not in old:
        old, new = old.replace("\n", "\r\n"), new.replace("\n", "\r\n")
    exact = text.count(old)
    if exact == 1:
        return text.replace(old, new)
    if exact > 1:
        lines = ", ".join(str(n) for n in _lines_of(text, old)[:5])
        raise _RefusedError(
            f"`old` occurs {exact} times in {path} (lines {lines}): add lines round it"
        )
    loose = list(_loose(old).finditer(text)) if old.strip() else []
    if len(loose) == 1:
        notes.append(f"{path}: matched after normalising white space")
        return text[: loose[0].start()] + new + text[loose[0].end() :]
    if len(loose) > 1:
        raise _RefusedError(f"`old` occurs {len(loose)} times in {path} but for white space")
    raise _RefusedError(f"`old` does not occur in {path}: read the file and copy it exactly")


def _loose(old: str) -> re.Pattern[str]:
    """`old` line by line, with any white space where it has some."""
    lines = old.strip("\n").split("\n")
    patterns = [
        r"[ \t]*" + r"[ \t]+".join(map(re.escape, line.split())) + r"[ \t]*\r?" for line in lines
    ]
    tail = r"\n" if old.endswith("\n") else ""
    return re.compile(r"^" + r"\n".join(patterns) + (tail or "$"), re.MULTILINE)


def _lines_of(text: str, piece: str) -> list[int]:
    found, position = [], text.find(piece)
    while position >= 0:
        found.append(text.count("\n", 0, position) + 1)
        position = text.find(piece, position + 1)
    return found
