"""Go imports. The language puts them before every other declaration, so the header is exact."""

import re
from functools import cache

from hexci.domain.boundaries.kinds import EMPTY, OPTIONAL, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled

_GAP = compiled(rb"(?:[\s;]++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/)++")
_PACKAGE = compiled(rb"package\s+(\w+)")
_ONE = compiled(rb"""(?:([\w.]+)\s+)?("[^"\n]*"|`[^`\n]*`)""")
_IDENTIFIER = compiled(rb"import\b")


def scan(raw: bytes, path: str) -> Extract | None:  # noqa: ARG001 - one form for all languages
    """The imports of a file, or None when its header is not plain Go."""
    data = raw.removeprefix(b"\xef\xbb\xbf")
    position = _gap(data, 0)
    package = _PACKAGE.match(data, position)
    if package is None:
        return EMPTY if position >= len(data) else None
    optional = build_bits(data[: package.start()])
    position = _gap(data, package.end())
    found: list[RawImport] = []
    while _IDENTIFIER.match(data, position):
        end = _declaration(data, _gap(data, position + 6), optional, found)
        if end < 0:
            return None
        position = _gap(data, end)
    return Extract(tuple(found), (), package[1].decode())


def _declaration(data: bytes, position: int, optional: int, found: list[RawImport]) -> int:
    """Reads what follows one `import`; the position after it, -1 for what is no import."""
    if data[position : position + 1] != b"(":
        one = _ONE.match(data, position)
        if one is None:
            return -1
        _add(data, one, optional, found)
        return one.end()
    position = _gap(data, position + 1)
    while data[position : position + 1] != b")":
        one = _ONE.match(data, position)
        if one is None:
            return -1
        _add(data, one, optional, found)
        position = _gap(data, one.end())
    return position + 1


def _add(data: bytes, one: re.Match[bytes], bits: int, found: list[RawImport]) -> None:
    spec = one[2][1:-1].decode("utf-8", "replace")
    line = data.count(b"\n", 0, one.start()) + 1
    column = one.start() - data.rfind(b"\n", 0, one.start())
    found.append((spec, line, column, bits))


def _gap(data: bytes, position: int) -> int:
    blank = _GAP.match(data, position)
    return position if blank is None else blank.end()


@cache
def _build_line() -> re.Pattern[bytes]:
    return compiled(rb"(?m)^//(?:go:build| \+build) ")


def build_bits(header: bytes) -> int:
    """`OPTIONAL` for a file that is only built under conditions."""
    return OPTIONAL if b"build" in header and _build_line().search(header) else 0
