"""Under which headers an indented import stands: TYPE_CHECKING, a function, try/except."""

import re
from bisect import bisect_right
from functools import lru_cache

from hexci.domain.boundaries.kinds import LAZY, OPTIONAL, TYPE_ONLY

_HEADER = re.compile(
    rb"(if|elif|else|try|except|finally|def|async|class|with|for|while|match|case)\b"
)
_CHECKED_NAME = re.compile(rb"(?:\w+\s*\.\s*)?(?:TYPE_CHECKING|MYPY)")
Spans = tuple[list[int], list[int]]
_CODE_LINE = re.compile(rb"\n([ \t]*)([^\s#)\]}]\w*)")
_CLOSERS = b")]}"


def type_only_when(condition: bytes) -> bool | None:
    """Whether a branch under `condition` is for type checkers only; None: says nothing."""
    text = condition.strip()
    while text.startswith(b"(") and text.endswith(b")"):
        text = text[1:-1].strip()
    if text.startswith((b"not ", b"not(")):
        inner = type_only_when(text[3:])
        return None if inner is None else not inner
    if _CHECKED_NAME.fullmatch(text):
        return True
    first = re.split(rb"\band\b", text)[0].strip()
    return True if first != text and _CHECKED_NAME.fullmatch(first) else None


def context_bits(data: bytes, start: int, indent: bytes, strings: Spans) -> int | None:
    """The bits of an import whose line starts at `start`; None when only a parser can tell.

    `strings` are the starts and ends of multi-line strings, which the walk back jumps over.
    """
    bits = 0
    width = _width(indent)
    position = start
    child = start
    while width > 0:
        header = _header_above(data, position, width, strings)
        if header is None:
            return None
        position, header_width, text = header
        more = _bits_of(data, position, header_width, text, child)
        if more is None:
            return None
        bits |= more
        width = header_width
        child = position
    return bits


def _width(indent: bytes) -> int:
    plain = b"\t" not in indent and b"\f" not in indent
    return len(indent) if plain else len(indent.expandtabs(8).replace(b"\f", b""))


def _header_above(
    data: bytes, position: int, width: int, strings: Spans
) -> tuple[int, int, bytes] | None:
    """(start, width, text) of the nearest less indented header line above `position`."""
    end = position - 1
    closing = -1
    while end > 0:
        end = _before_string(_less_indented(data, end, width), strings)
        start = data.rfind(b"\n", 0, end) + 1
        line_end = data.find(b"\n", end)
        line = data[start:line_end]
        end = start - 1
        text = line.strip()
        if not text or text.startswith(b"#"):
            continue
        here = _width(line[: len(line) - len(line.lstrip())])
        if here >= width or (closing >= 0 and here > closing):
            continue
        if text[0] in _CLOSERS:
            closing = here
            continue
        if _HEADER.match(text):
            return start, here, text
        if closing < 0 or here < closing:
            return None
    return None


@lru_cache(maxsize=64)
def _indented_less(width: int) -> re.Pattern[bytes]:
    # greedy: the last such line is found first, from the end
    return re.compile(rb".*\n(?: {0,%d}(?=[^ \n#])|(?=[ ]*\t))" % (width - 1), re.DOTALL)


def _less_indented(data: bytes, end: int, width: int) -> int:
    """The end of the nearest line before `end` that may be indented less than `width`.

    Lines with tabs always may. Looks back in growing steps, so that a long file costs little.
    """
    pattern = _indented_less(width)
    step = 1024
    while True:
        begin = max(0, end - step)
        found = pattern.match(data, begin, end)
        if found is not None:
            return found.end()
        if begin == 0:
            return 0
        step *= 4


def _before_string(position: int, strings: Spans) -> int:
    """`position`, or the start of the multi-line string that it is in."""
    starts, ends = strings
    before = bisect_right(starts, position) - 1
    return starts[before] if before >= 0 and position < ends[before] else position


def _bits_of(data: bytes, start: int, width: int, text: bytes, child: int) -> int | None:
    word = _HEADER.match(text)
    keyword = word[1] if word else b""
    if keyword == b"def" or (keyword == b"async" and text.split()[1:2] == [b"def"]):
        return LAZY
    if keyword in {b"if", b"elif"}:
        return _branch_bits(data, start, width, text)
    if keyword == b"else":
        return _else_bits(data, start, width)
    if keyword == b"try":
        return _try_bits(data, child, width)
    return OPTIONAL if keyword == b"except" else 0


def _condition(text: bytes) -> bytes | None:
    """What stands between `if` and the colon; None when it goes on in the next line."""
    body = re.sub(rb"\s*#.*$", b"", text)
    if not body.endswith(b":"):
        return None
    return re.sub(rb"^(?:if|elif)\b", b"", body[:-1])


def _branch_bits(data: bytes, start: int, width: int, text: bytes) -> int | None:
    condition = _condition(text)
    if condition is None:
        # a condition over several lines or a one-line suite: only matters if it says so
        return None if _names_checking(data, start) else 0
    said = type_only_when(condition)
    if said is None and b"TYPE_CHECKING" in condition and b" or " not in condition:
        return None
    if text.startswith(b"elif") and said is None:
        return _else_bits(data, start, width)
    return TYPE_ONLY if said else 0


def _names_checking(data: bytes, start: int) -> bool:
    return data.find(b"TYPE_CHECKING", start, start + 2000) >= 0


def _else_bits(data: bytes, start: int, width: int) -> int | None:
    """An `else`/`elif` is type-only where its `if` says "not while type checking"."""
    end = start - 1
    while end > 0:
        begin = data.rfind(b"\n", 0, end) + 1
        line = data[begin:end]
        end = begin - 1
        text = line.strip()
        if not text or _width(line[: len(line) - len(line.lstrip())]) != width:
            continue
        word = _HEADER.match(text)
        if word is None:
            if text[:1] in {b")", b"]", b"}", b"#"}:
                continue
            return None
        if word[1] in {b"if", b"elif"}:
            condition = _condition(text)
            if condition is None:
                return None if _names_checking(data, begin) else 0
            said = type_only_when(condition)
            if said is None and word[1] == b"elif":
                continue
            return TYPE_ONLY if said is False else 0
        if word[1] in {b"for", b"while", b"except", b"try", b"async"}:
            return 0
    return None


def _try_bits(data: bytes, child: int, width: int) -> int:
    """Optional when the `try` around `child` has an `except`."""
    for line in _CODE_LINE.finditer(data, child - 1):
        if _width(line[1]) <= width:
            return OPTIONAL if line[2].startswith(b"except") and _width(line[1]) == width else 0
    return 0
