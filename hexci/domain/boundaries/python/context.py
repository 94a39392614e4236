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
_CHECKING = b"\nif TYPE_CHECKING:\n"
_Header = tuple[int, int, bytes, bytes]  # start of its line, width, keyword, text


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


class Contexts:
    """What stands above the imports of one file.

    Asked from its first import to its last it walks each line once for each depth: a later walk
    ends where the one before it began, and goes on as that did.
    """

    __slots__ = ("_above", "_data", "_said", "_spaced", "_strings")

    def __init__(self, data: bytes, strings: Spans) -> None:
        """`strings` are the starts and ends of multi-line strings, which a walk jumps over."""
        self._data, self._strings = data, strings
        self._spaced: bool | None = None  # whether there is no tab; looked up late
        self._above: dict[int, tuple[int, _Header | None]] = {}  # width → last walk's begin, end
        self._said: dict[int, int] = {}  # the start of a header → its bits

    def bits(self, start: int, head: bytes) -> int | None:
        """The bits of an import by what its line begins with at `start`: an indent and `lazy`.

        None where only a parser can tell.
        """
        lazy = LAZY if b"lazy" in head else 0
        if self._data.endswith(_CHECKING, 0, start):  # most indented imports of most trees
            return TYPE_ONLY | lazy
        indent = head.removesuffix(head.lstrip(b" \t\f")) if lazy else head
        under = self._under(start, _width(indent))
        return under if under is None else under | lazy

    def _under(self, child: int, width: int) -> int | None:
        """The bits of what the headers above the line at `child` say."""
        bits = 0
        while width > 0:
            header = self._header_above(child, width)
            if header is None:
                return None
            more = self._said.get(header[0])
            if more is None:
                more = _bits_of(self._data, header, child)
                if more is None:
                    return None
                self._said[header[0]] = more
            bits |= more
            child, width = header[:2]
        return bits

    def _header_above(self, position: int, width: int) -> _Header | None:
        """The nearest less indented header line above `position`."""
        known = self._above.get(width)
        if known is None or known[0] > position:
            known = (0, None)
        header = self._walk_up(position - 1, width, *known)
        self._above[width] = position, header
        return header

    def _walk_up(
        self, end: int, width: int, passed: int, passed_header: _Header | None
    ) -> _Header | None:
        """The same, where it is known what is above the line at `passed` (0: nothing is)."""
        closing = -1
        while True:
            found = self._less_indented(passed, end, width)
            if found is None:
                if closing < 0 or not passed:
                    return passed_header
                passed, passed_header = 0, None
                continue
            start, line = found.start(1), found[1]
            inside = _before_string(found.start(2), self._strings)
            if inside < start:  # the line is in a string: then the one in which that starts
                start = self._data.rfind(b"\n", 0, inside) + 1
                line = self._data[start : self._data.find(b"\n", inside)]
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
            word = _HEADER.match(text)
            if word is not None:
                return start, here, word[1], text
            if closing < 0 or here < closing:
                return None

    def _less_indented(self, begin: int, end: int, width: int) -> re.Match[bytes] | None:
        """The last line in between that may be indented less. Lines with tabs always may."""
        if self._spaced is None:
            self._spaced = b"\t" not in self._data
        return _indented_less(width, spaced=self._spaced).match(self._data, begin, end)


def _width(indent: bytes) -> int:
    plain = b"\t" not in indent and b"\f" not in indent
    return len(indent) if plain else len(indent.expandtabs(8).replace(b"\f", b""))


@lru_cache(maxsize=64)
def _indented_less(width: int, *, spaced: bool) -> re.Pattern[bytes]:
    # greedy: the last such line is found first, from the end
    tabs = rb"" if spaced else rb"| *+(?=\t)"
    return re.compile(rb".*\n((?: {0,%d}+%b)([^ \n#])[^\n]*+)" % (width - 1, tabs), re.DOTALL)


def _before_string(position: int, strings: Spans) -> int:
    """`position`, or the start of the multi-line string that it is in."""
    starts, ends = strings
    before = bisect_right(starts, position) - 1
    return starts[before] if before >= 0 and position < ends[before] else position


def _bits_of(data: bytes, header: _Header, child: int) -> int | None:
    """The bits of what stands under a header; `child` is the start of its line."""
    start, width, keyword, text = header
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
