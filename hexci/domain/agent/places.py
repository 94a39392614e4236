"""Where to look: places that a failing run names, and the windows of code round them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

# `path:12`, `path", line 12`, `path(12,3)`
_PLACE = re.compile(r"(?P<path>[\w./@+-]+\.\w+)(?:\", line |:|\()(?P<line>\d+)")
_CALLED = re.compile(r"\b([A-Za-z_]\w{2,})\s*\(")
_DEFINED = re.compile(
    r"^([ \t]*)(?:async |pub |export |static |public |private )*"
    r"(?:def|func|fn|function)[ \t]+(?:\([^)]*\)[ \t]*)?([A-Za-z_]\w{2,})"
)
_AROUND = 20

Place = tuple[str, int]


def places_in(text: str, paths: Collection[str]) -> tuple[Place, ...]:
    """Every (path, line) in `text` that the repository has, in order, each once."""
    found: dict[Place, None] = {}
    for match in _PLACE.finditer(text):
        path = match["path"].removeprefix("./")
        if path in paths:
            found[path, int(match["line"])] = None
    return tuple(found)


def windows(places: Iterable[Place], lengths: dict[str, int]) -> dict[str, list[tuple[int, int]]]:
    """By path, the line ranges (first, last) that show `places`; near ones are joined."""
    found: dict[str, list[tuple[int, int]]] = {}
    for path, line in sorted(places):
        first = max(1, line - _AROUND)
        last = min(lengths[path], line + _AROUND)
        ranges = found.setdefault(path, [])
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        elif first <= last:
            ranges.append((first, last))
    return found


def apart(suspicion: Mapping[Place, float], most: int) -> tuple[Place, ...]:
    """The most suspicious places whose windows do not overlap, worst first, at most `most`."""
    found: list[Place] = []
    for path, line in sorted(suspicion, key=lambda place: (-suspicion[place], place)):
        if all(path != p or abs(line - n) > _AROUND for p, n in found):
            found.append((path, line))
        if len(found) == most:
            break
    return tuple(found)


def function_round(lines: Sequence[str], line: int) -> str:
    """The name of the function that line number `line` (from 1) is in; empty for none."""
    for text in reversed(lines[:line]):
        found = _DEFINED.match(text)
        if found:
            return found[2]
    return ""


def names_called(text: str) -> Iterator[str]:
    """Names that are called in `text`, in order, each once."""
    yield from dict.fromkeys(match[1] for match in _CALLED.finditer(text))


def shown(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """Those lines of `text`, each range under a line that says which they are."""
    lines = text.splitlines()
    parts = [
        f"[lines {first} to {last} of {len(lines)}]\n" + "\n".join(lines[first - 1 : last])
        for first, last in ranges
    ]
    return "\n".join(parts)
