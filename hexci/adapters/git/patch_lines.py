"""The added lines of a patch without context, as git writes it."""

import re
from collections.abc import Iterator

from hexci.domain.ledger.code import AddedLine

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_NAMED = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13}


def added_lines(patch: bytes) -> Iterator[AddedLine]:
    """Every added line with its path and number.

    Hunks are read by their counts, so that a line of a file is never taken for a header.
    """
    path = ""
    lines = iter(patch.split(b"\n"))
    for line in lines:
        if line.startswith(b"+++ "):
            path = _path(line[4:].removesuffix(b"\t"))
            continue
        hunk = _HUNK.match(line)
        if hunk is None:
            continue
        gone, number, added = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
        while gone or added:
            body = next(lines, b"")
            if body[:1] == b"-" and gone:
                gone -= 1
            elif body[:1] == b"+" and added:
                yield AddedLine(path, number, body[1:].decode("utf-8", "replace"))
                number += 1
                added -= 1
            elif body[:1] != b"\\":
                break


def _path(text: bytes) -> str:
    if text[:1] == b'"':
        text = _ESCAPE.sub(_unescaped, text[1:-1])
    return text.removeprefix(b"b/").decode("utf-8", "surrogateescape")


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if len(code) == 3:
        return bytes([int(code, 8)])
    return bytes([_NAMED[code]]) if code in _NAMED else code
