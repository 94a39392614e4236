"""`import_module("a.b")` and `__import__("a")` with literal arguments."""

import re
from collections.abc import Iterator

from hexci.domain.boundaries.kinds import DYNAMIC, RawImport
from hexci.domain.boundaries.python.spans import Spans, in_spans

_WORDS = (b"import_module", b"__import__")
_OPEN = re.compile(rb"\s*\(")
_LITERAL = r"""[uUrR]?("[^"\\\n]*"|'[^'\\\n]*')"""
_ARGUMENTS = re.compile(
    (
        rf"\s*(?:name\s*=\s*)?{_LITERAL}\s*"
        rf"(?:,\s*(?:package\s*=\s*)?(?:{_LITERAL}|(__package__|__name__))\s*)?,?\s*\)"
    ).encode()
)
_NAME = re.compile(r"\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*")


# where a call starts, and its arguments
Call = tuple[int, re.Match[bytes]]


def literal_calls(data: bytes) -> list[Call]:
    """What looks like a dynamic import with literal arguments, in a string or not.

    A call whose argument is no literal is left out: nobody can tell what it imports.
    """
    found = [(at, _ARGUMENTS.match(data, end)) for at, end in _calls(data)]
    return [(at, arguments) for at, arguments in found if arguments is not None]


def dynamic_imports(data: bytes, calls: list[Call], spans: Spans) -> list[RawImport]:
    """Those of the calls that are outside the `spans` of strings and comments."""
    found: list[RawImport] = []
    line = start = passed = 0  # the line that `passed` is in, and its start
    for at, arguments in sorted(calls, key=lambda call: call[0]):
        line += data.count(b"\n", passed, at)
        start = max(start, data.rfind(b"\n", passed, at))
        passed = at
        if in_spans(spans, at):
            continue
        spec = spec_of_call(
            arguments[1][1:-1].decode("utf-8", "replace"),
            arguments[2][1:-1].decode("utf-8", "replace") if arguments[2] else "",
            relative=arguments[3] is not None,
        )
        if spec:
            found.append((spec, line, at - start, DYNAMIC))
    return found


def _calls(data: bytes) -> Iterator[tuple[int, int]]:
    """Where a call starts and where its arguments do."""
    for word in _WORDS:
        at = data.find(word)
        while at >= 0:
            opened = _OPEN.match(data, at + len(word))
            if opened is not None and not (data[at - 1 : at].isalnum() or data[at - 1] == 95):
                yield at, opened.end()
            at = data.find(word, at + len(word))


def spec_of_call(name: str, package: str, *, relative: bool) -> str:
    """The spec of a dynamic import; empty when nothing can be said about it."""
    if _NAME.fullmatch(name) is None:
        return ""
    dots = len(name) - len(name.lstrip("."))
    if not dots:
        return name
    if package:
        parts = package.split(".")
        kept = parts[: len(parts) - (dots - 1)]
        return ".".join([*kept, name[dots:]]) if kept else ""
    return name if relative else ""
