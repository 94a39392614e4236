"""Strings and comments in Python source: where a scan must not believe what it finds."""

from bisect import bisect_right

from hexci.domain.boundaries.patterns import compiled_late

Spans = tuple[list[int], list[int]]
_TRIPLE = (
    rb'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    rb"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
)
_SINGLE = (
    rb'"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    rb"|'(?!'')[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"
)
_STRING = _TRIPLE + rb"|" + _SINGLE
# all that can stand before a triple-quoted string
_TO_TRIPLE = rb"(?:[^\"'#]++|#[^\n]*+|" + _SINGLE + rb")*+"
# strings and comments; a quote that starts none of them is unterminated
_LEXEME = rb"#[^\n]*+|" + _STRING + rb"|[\"']"
# as an expression it is found twice as fast as by `bytes.find`
_SINGLES = compiled_late(rb"'''")
_BACKSLASH = 92


def spans_for(data: bytes, reach: int) -> Spans | None:
    """The strings that could hide what is no statement; none where no string can."""
    if _SINGLES.search(data, 0, reach) is not None:
        return _multi_line_spans(data, reach)
    if data.find(b'"""', 0, reach) >= 0:
        return _docstrings(data, reach) or _multi_line_spans(data, reach)
    return [], []


def _docstrings(data: bytes, reach: int) -> Spans | None:
    """The multi-line strings where each starts on a line with no quote and no comment before it.

    None where one does not: then only a lexer can tell what the quotes are.
    """
    starts: list[int] = []
    ends: list[int] = []
    end = 0
    start = data.find(b'"""', 0, reach)
    while start >= 0:
        line = data.rfind(b"\n", end, start) + 1 or end
        before = data[line:start].strip()
        if before and (b"#" in before or b"'" in before or b'"' in before):
            return None
        end = data.find(b'"""', start + 3) + 3
        if end < 3 or data[line - 2] == _BACKSLASH or _escapes(data, start, end):
            return None
        starts.append(start)
        ends.append(end)
        start = data.find(b'"""', end, reach)
    return starts, ends


def _escapes(data: bytes, start: int, end: int) -> bool:
    # most strings have no backslash, and one character is found in no time
    return data.find(b"\\", start, end) >= 0 and data.find(b'\\"', start, end) >= 0


def all_spans(data: bytes, reach: int) -> Spans | None:
    """Starts and ends of strings and comments up to `reach`; None when one is unterminated."""
    starts: list[int] = []
    ends: list[int] = []
    for lexeme in compiled_late(_LEXEME).finditer(data):
        start = lexeme.start()
        if start >= reach:
            break
        end = lexeme.end()
        if end - start == 1 and data[start] != 35:  # a lone quote; 35 is '#'
            return None
        starts.append(start)
        ends.append(end)
    return starts, ends


def _multi_line_spans(data: bytes, reach: int) -> Spans | None:
    """The same for triple-quoted strings only, which is several times as fast."""
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    to_triple, one_string = compiled_late(_TO_TRIPLE), compiled_late(_STRING)
    while position < reach:
        passed = to_triple.match(data, position, reach)
        start = passed.end() if passed else position
        if start >= reach:
            break
        string = one_string.match(data, start)
        if string is None:
            return None
        position = string.end()
        starts.append(start)
        ends.append(position)
    return starts, ends


def in_spans(spans: Spans, position: int) -> bool:
    """Whether `position` is inside a string or a comment."""
    starts, ends = spans
    before = bisect_right(starts, position) - 1
    return before >= 0 and position < ends[before]
