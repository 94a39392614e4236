"""Python imports by a lexical scan that proves itself, or the answer None: "parse this file".

A statement starts after a line end, `;` or `:`. Statements at a line start are found by one
expression; those inside strings are dropped by lexing as far as the last one. An import after
`;` or `:`, an unterminated string or anything unexpected makes the scan unsure.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

from hexci.domain.boundaries.kinds import EMPTY, LAZY, TYPE_ONLY, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled, compiled_late
from hexci.domain.boundaries.python.context import context_bits
from hexci.domain.boundaries.python.spans import Spans, all_spans, in_spans, spans_for
from hexci.domain.boundaries.python.statements import Statement, Statements

_CONTINUED = rb"[^\n;#(\\]*+(?:\\\n[^\n;#(\\]*+)*+"
_BODY = rb"(import[ \t\f\\]%b|from[ \t\f.\\]%b(?:\([^()#]*+(?:#[^\n]*+[^()#]*+)*+\))?)" % (
    _CONTINUED,
    _CONTINUED,
)
# split by one of these, a text is: what lies between, an indent (and `lazy`), a statement, …
_STATEMENT = compiled(rb"\n([ \t\f]*+)" + _BODY)
_LAZY_STATEMENT = rb"\n([ \t\f]*+(?:lazy[ \t]++)?)" + _BODY
# an import that does not start its line
_INLINE = compiled(rb"[;:][ \t\f]*+(?:\\\n[ \t\f]*+)*+(?:lazy[ \t]++)?(?:from|import)\b")
_REMNANTS = rb"\n[ \t]*print[ \t]+[\"']|\n<<<<<<< "
# as expressions these are found twice as fast as by `bytes.find`
_PRINT = compiled(rb"print ")
_CONFLICT = compiled(rb"<<<<<<< ")


_KNOWN = Statements()
_ALL_PLAIN = {str}
_CHECKING = b"\nif TYPE_CHECKING:\n"


def scan(raw: bytes, path: str = "") -> Extract | None:  # noqa: ARG001 - one form for all
    """The imports of a file, or None when only a full parse can tell."""
    data = _normalised(raw)
    last = data.rfind(b"import")
    if last < 0:
        return EMPTY
    if _broken(data):
        return None
    lazy = data.find(b"lazy", 0, last) >= 0
    pattern = compiled_late(_LAZY_STATEMENT) if lazy else _STATEMENT
    pieces = pattern.split(data[: _end_of_statement(data, last)])
    said = list(map(_KNOWN.__getitem__, pieces[2::3]))
    words = len(said)
    if set(map(type, said)) != _ALL_PLAIN:
        words = sum([one[2] if isinstance(one, tuple) else 1 for one in said])
    calls: list[tuple[int, re.Match[bytes]]] = []
    if data.count(b"import", 0, last + 6) != words:
        if not _starts_lines_only(data, pieces, last):
            return None
        end = last + 13
        if data.find(b"import_module", 0, end) >= 0 or data.find(b"__import__", 0, end) >= 0:
            from hexci.domain.boundaries.python.dynamic import literal_calls  # noqa: PLC0415

            calls = literal_calls(data)
    spans = spans_for(data, last if calls else _last_start(pieces), dynamic=bool(calls))
    found = None if spans is None else _statements(data, pieces, said, spans)
    if found is None or spans is None:
        return None
    if calls:
        from hexci.domain.boundaries.python.dynamic import dynamic_imports  # noqa: PLC0415

        found = sorted([*found, *dynamic_imports(data, calls, spans)], key=lambda item: item[1:3])
    return Extract(tuple(found))


def _last_start(pieces: list[bytes]) -> int:
    """Where the last statement starts; 0 when there is none."""
    lost = len(pieces) // 3 - 1  # line ends before the statements before it
    return sum(map(len, pieces[:-3])) + lost if lost >= 0 else 0


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


def _starts_lines_only(data: bytes, pieces: list[bytes], last: int) -> bool:
    """Whether every import starts its line (what strings and comments say aside)."""
    inline: list[int] = []
    for number, between in enumerate(pieces[::3]):
        at = between.find(b"import") if between else -1
        if at < 0:
            continue
        # where `between` starts; the pattern took one line end before each statement
        position = sum(map(len, pieces[: 3 * number])) + number
        while 0 <= at <= last - position:
            here = position + at
            line = data.rfind(b"\n", 0, here)
            if line > 0 and data[line - 1] == 92:  # continued from a line that may hold `;`
                inline.append(here)
            if data.find(b":", line, here) >= 0 or data.find(b";", line, here) >= 0:
                inline += [hit.start() for hit in _INLINE.finditer(data, line, here + 8)]
            at = between.find(b"import", at + 6)
    if not inline:
        return True
    spans = all_spans(data, inline[-1] + 1)
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
    if _PRINT.search(data) is None and _CONFLICT.search(data) is None:
        return False
    return compiled_late(_REMNANTS).search(data) is not None


def _statements(
    data: bytes, pieces: list[bytes], said: list[Statement], spans: Spans
) -> Iterable[RawImport] | None:
    betweens, heads, ends = pieces[0::3], pieces[1::3], spans[1]
    # most strings, as what a module says of itself, end above the first statement
    if (ends and ends[-1] > len(betweens[0])) or set(map(type, said)) != _ALL_PLAIN:
        return _statement_by_statement(data, pieces, said, spans)
    apart = [number for number, between in enumerate(betweens) if between]
    steps = [1] * len(said)
    for number in apart[: -1 if apart and apart[-1] == len(said) else None]:
        between = betweens[number]
        if between[-1:] == b"\\":  # the line before is continued here
            return None
        steps[number] += between.count(b"\n")
    lines = accumulate(steps)
    if not any(heads):
        return [(spec, line, 1, 0) for spec, line in zip(said, lines, strict=True)]  # type: ignore[misc]
    bits = _contexts(data, pieces, heads, spans)
    if None in bits:
        return None
    columns = [len(head) + 1 for head in heads]
    return list(zip(said, lines, columns, bits, strict=True))  # type: ignore[arg-type]


def _contexts(
    data: bytes, pieces: list[bytes], heads: list[bytes], spans: Spans
) -> list[int | None]:
    """The bits of every statement; None for one that only a parser can tell of."""
    bits: list[int | None] = [0] * len(heads)
    for number, head in enumerate(heads):
        if not head:
            continue
        if number and head == heads[number - 1] and not pieces[3 * number]:
            bits[number] = bits[number - 1]  # it stands under what the last one stands under
        else:
            start = sum(map(len, pieces[: 3 * number + 1])) + number
            bits[number] = _context(data, start + 1, head, spans)
    return bits


def _statement_by_statement(
    data: bytes, pieces: list[bytes], said: list[Statement], spans: Spans
) -> list[RawImport] | None:
    """The same where strings may hide statements, or some take several lines."""
    found: list[RawImport] = []
    hiding = bool(spans[0])
    position = line = 0
    bits: int | None = 0
    before = b""
    for between, head, text, told in zip(
        pieces[0::3], pieces[1::3], pieces[2::3], said, strict=False
    ):
        if between:
            line += between.count(b"\n")
        line += 1
        here = line
        start = position + len(between)
        position = start + 1 + len(head) + len(text)
        specs: tuple[str, ...] | None
        if isinstance(told, tuple):
            specs, breaks, _ = told
            line += breaks
        else:
            specs = (told,)
        if hiding and in_spans(spans, start):
            before = b"hidden"
            continue
        if specs is None or between[-1:] == b"\\":
            return None
        if between or head != before:
            bits = _context(data, start + 1, head, spans) if head else 0
            before = head
        if bits is None:
            return None
        for spec in specs:
            found.append((spec, here, len(head) + 1, bits))  # noqa: PERF401 - most often one
    return found


def _context(data: bytes, start: int, head: bytes, spans: Spans) -> int | None:
    """The bits that a statement gets from `lazy` and from what its line stands under."""
    indent = head.removesuffix(head.lstrip(b" \t\f"))
    if data.endswith(_CHECKING, 0, start):  # most indented imports of most trees
        bits: int | None = TYPE_ONLY
    else:
        bits = context_bits(data, start, indent, spans) if indent else 0
    return bits if bits is None or indent == head else bits | LAZY
