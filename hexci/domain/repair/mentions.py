"""Suspect lines from what a failing run printed, where the tests cannot be traced."""

import re
from collections.abc import Collection, Iterator

from hexci.domain.repair.suspicion import Line

_PLACE = re.compile(r"(?P<path>[\w@./\\-]+\.[A-Za-z]{1,5})(?:\"?, line |:|\()(?P<line>\d+)")
_NEAR = 0.9
_ELSEWHERE = 0.35  # lines of a file that is mentioned, or tested by its name


def mentioned_lines(
    output: str, code: Collection[str], tests: Collection[str], lengths: dict[str, int]
) -> dict[Line, float]:
    """0..1 for lines of `code` files: those that `output` names most, their files' others less.

    Where the output names no code file, files whose name is in a failing test file's name are
    taken; where there are none, all.
    """
    found: dict[Line, float] = {}
    named = list(_places(output, code))
    files = dict.fromkeys(path for path, _ in named) or dict.fromkeys(
        _namesakes(output, code, tests)
    )
    for path in files or sorted(code):
        for line in range(1, lengths.get(path, 0) + 1):
            found[path, line] = _ELSEWHERE
    for place in named:
        if place in found:
            found[place] = _NEAR
    return found


def _places(output: str, code: Collection[str]) -> Iterator[Line]:
    for hit in _PLACE.finditer(output):
        path = hit["path"].replace("\\", "/")
        match = next((c for c in code if path == c or path.endswith(f"/{c}")), None)
        if match:
            yield match, int(hit["line"])


def _namesakes(output: str, code: Collection[str], tests: Collection[str]) -> Iterator[str]:
    shown = [test for test in tests if test in output or test.rpartition("/")[2] in output]
    for path in sorted(code):
        stem = path.rpartition("/")[2].partition(".")[0]
        if any(stem in test.rpartition("/")[2] for test in shown or tests):
            yield path
