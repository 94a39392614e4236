"""Tests asked about other values: the same file with one number or string of it changed."""

import re
from collections.abc import Iterator

_LITERAL = re.compile(
    rb"""(?<![\w.])(?P<number>\d+)(?![\w.])|(?P<quote>["'])(?P<text>[\w ,;:.-]{1,40})(?P=quote)"""
)
_IMPORT = re.compile(rb"^\s*(?:import|from|use|package|const .*require|.*\brequire\()")
_NAME = re.compile(rb"\b(?:test|it|describe|t\.Run|suite)\s*\(\s*$")


def varied(data: bytes) -> Iterator[bytes]:
    """`data` with one literal changed, every literal in turn, numbers first by small steps.

    Imports and the names of tests stay: with them changed nothing would run, or run as before.
    """
    found = list(_literals(data))
    for step in range(2):
        for start, end, number in found:
            old = data[start:end]
            yield data[:start] + (_number(old, step) if number else _text(old, step)) + data[end:]


def _literals(data: bytes) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for line in data.splitlines(keepends=True):
        if not _IMPORT.match(line):
            for hit in _LITERAL.finditer(line):
                if not _NAME.search(line[: hit.start()]):
                    kind = "number" if hit["number"] else "text"
                    yield at + hit.start(kind), at + hit.end(kind), kind == "number"
        at += len(line)


def _number(old: bytes, step: int) -> bytes:
    value = int(old)
    return str(value + 1 if step == 0 else value * 3 + 2).encode()


def _text(old: bytes, step: int) -> bytes:
    return old + old[-1:] if step == 0 else old[::-1] + b"x"
