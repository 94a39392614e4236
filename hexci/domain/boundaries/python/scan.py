"""Python imports by a lexical scan that proves itself, or the answer None: "parse this file".

A statement starts after a line end, `;` or `:`. Statements at a line start are found by one
expression; those inside strings are dropped by lexing as far as the last one. An import after
`;` or `:`, an unterminated string or anything unexpected makes the scan unsure.
"""

import re
from bisect import bisect_right
from functools import cache

from hexci.domain.boundaries.kinds import EMPTY, LAZY, Extract, RawImport
from hexci.domain.boundaries.python.context import context_bits
from hexci.domain.boundaries.python.dynamic import dynamic_imports
from hexci.domain.boundaries.python.statements import specs_of

_CONTINUED = rb"[^\n;#(\\]*+(?:\\\n[^\n;#(\\]*+)*+"
_BODY = rb"(import[ \t\f\\]%b|from[ \t\f.\\]%b(?:\([^()#]*+(?:#[^\n]*+[^()#]*+)*+\))?)" % (
    _CONTINUED,
    _CONTINUED,
)
_STATEMENT = re.compile(rb"\n([ \t\f]*+)" + _BODY)
_LAZY_STATEMENT = rb"\n([ \t\f]*+)(?:lazy[ \t]++)?" + _BODY
# an import that does not start its line
_INLINE = re.compile(rb"[;:][ \t\f]*+(?:\\\n[ \t\f]*+)*+(?:lazy[ \t]++)?(?:from|import)\b")
_TRIPLE = (
    rb'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    rb"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
)
_SINGLE = (
    rb'"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    rb"|'(?!'')[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"
)
_STRING = _TRIPLE + rb"|" + _SINGLE
_ONE_STRING = re.compile(_STRING, re.DOTALL)
# all that can stand before a triple-quoted string
_TO_TRIPLE = re.compile(rb"(?:[^\"'#]++|#[^\n]*+|" + _SINGLE + rb")*+", re.DOTALL)
# strings and comments; a quote that starts none of them is unterminated
_LEXEME = rb"#[^\n]*+|" + _STRING + rb"|[\"']"
_REMNANTS = rb"\n[ \t]*print[ \t]+[\"']|\n<<<<<<< "


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    """For expressions that most runs never need: compiling one takes a millisecond."""
    return re.compile(pattern, re.DOTALL)


Spans = tuple[list[int], list[int]]


def scan(raw: bytes, path: str = "") -> Extract | None:  # noqa: ARG001 - one form for all
    """The imports of a file, or None when only a full parse can tell."""
    data = _normalised(raw)
    last = data.rfind(b"import")
    if last < 0:
        return EMPTY
    if _broken(data):
        return None
    lazy = data.find(b"lazy", 0, last) >= 0
    pattern = _compiled(_LAZY_STATEMENT) if lazy else _STATEMENT
    hits = list(pattern.finditer(data, 0, _end_of_statement(data, last)))
    dynamic = False
    if data.count(b"import") != sum([hit[2].count(b"import") for hit in hits]):
        if not _starts_lines_only(data, hits, last):
            return None
        dynamic = data.find(b"import_module") >= 0 or data.find(b"__import__") >= 0
    spans = _spans_for(data, last if dynamic else hits[-1].start() if hits else 0, dynamic=dynamic)
    found = None if spans is None else _statements(data, hits, spans, lazy=lazy)
    if found is None or spans is None:
        return None
    if dynamic:
        found = sorted([*found, *dynamic_imports(data, spans)], key=lambda item: item[1:3])
    return Extract(tuple(found))


def _end_of_statement(data: bytes, last: int) -> int:
    """Where the statement of the last `import` ends at the latest: its line, or its parenthesis.

    A comment between the parentheses may hold one more; then the statement is cut short, which
    no statement survives, and a parser is asked.
    """
    line_end = data.find(b"\n", last)
    if line_end < 0:
        return len(data)
    if data.find(b"(", last, line_end) < 0 and data[line_end - 1] != 92:
        return line_end
    closing = data.find(b")", last)
    return len(data) if closing < 0 or data[line_end - 1] == 92 else max(closing + 1, line_end)


def _spans_for(data: bytes, reach: int, *, dynamic: bool) -> Spans | None:
    """The strings that could hide what is no import; none where no string can."""
    if dynamic:
        return _spans(data, reach)
    if data.find(b'"""', 0, reach) >= 0 or data.find(b"'''", 0, reach) >= 0:
        return _multi_line_spans(data, reach)
    return [], []


def _starts_lines_only(data: bytes, hits: list[re.Match[bytes]], last: int) -> bool:
    """Whether every import starts its line (what strings and comments say aside)."""
    ends = [hit.end() for hit in hits]
    starts = [hit.start() for hit in hits]
    at = data.find(b"import")
    inline: list[int] = []
    while 0 <= at <= last:
        before = bisect_right(starts, at) - 1
        if before < 0 or at >= ends[before]:
            line = data.rfind(b"\n", 0, at)
            if line > 0 and data[line - 1] == 92:  # continued from a line that may hold `;`
                inline.append(at)
            inline += [hit.start() for hit in _INLINE.finditer(data, line, at + 8)]
        at = data.find(b"import", at + 6)
    if not inline:
        return True
    spans = _spans(data, inline[-1] + 1)
    return spans is not None and all(in_spans(spans, at) for at in inline)


def _normalised(raw: bytes) -> bytes:
    """The text with a line end before it, plain line ends and no byte order mark."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return b"\n" + raw


def _broken(data: bytes) -> bool:
    """Whether the file shows that it is no Python 3: then a parser shall say where."""
    if data.find(b"print ") < 0 and data.find(b"<<<<<<< ") < 0:
        return b"\0" in data
    return _compiled(_REMNANTS).search(data) is not None or b"\0" in data


def _spans(data: bytes, reach: int) -> Spans | None:
    """Starts and ends of strings and comments up to `reach`; None when one is unterminated."""
    starts: list[int] = []
    ends: list[int] = []
    for lexeme in _compiled(_LEXEME).finditer(data):
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
    while position < reach:
        passed = _TO_TRIPLE.match(data, position, reach)
        start = passed.end() if passed else position
        if start >= reach:
            break
        string = _ONE_STRING.match(data, start)
        if string is None:
            return None
        position = string.end()
        starts.append(start)
        ends.append(position)
    return starts, ends


def _statements(
    data: bytes, hits: list[re.Match[bytes]], spans: Spans, *, lazy: bool
) -> list[RawImport] | None:
    found: list[RawImport] = []
    starts, ends = spans
    count, add = data.count, found.append
    line = position = 0
    for hit in hits:
        start = hit.start()
        line += count(b"\n", position, start + 1)
        position = start + 1
        if starts:
            before = bisect_right(starts, start) - 1
            if before >= 0 and start < ends[before]:
                continue
        if start and data[start - 1] == 92:  # the line before ends in a backslash
            return None
        specs = specs_of(hit[2])
        if specs is None:
            return None
        bits = 0
        column = hit.end(1) - start
        if column > 1:
            context = context_bits(data, start + 1, hit[1], spans)
            if context is None:
                return None
            bits = context
        if lazy and hit.start(2) > hit.end(1):
            bits |= LAZY
        for spec in specs:
            add((spec, line, column, bits))
    return found


def in_spans(spans: Spans, position: int) -> bool:
    """Whether `position` is inside a string or a comment."""
    starts, ends = spans
    before = bisect_right(starts, position) - 1
    return before >= 0 and position < ends[before]
