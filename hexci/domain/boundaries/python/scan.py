"""Python imports by a lexical scan that proves itself, or the answer None: "parse this file".

A statement starts after a line end, `;` or `:`. Statements at a line start are found by one
expression; those inside strings are dropped by lexing as far as the last one. An import after
`;` or `:`, an unterminated string or anything unexpected makes the scan unsure.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, compress, repeat

from hexci.domain.boundaries.kinds import EMPTY, LAZY, TYPE_ONLY, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled, compiled_late
from hexci.domain.boundaries.python.context import Contexts
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
_LAZY_LINE = rb"\n[ \t\f]*+lazy[ \t]"
# an import that does not start its line
_INLINE = rb"[;:][ \t\f]*+(?:\\\n[ \t\f]*+)*+(?:lazy[ \t]++)?(?:from|import)\b"
_REMNANTS = rb"\n[ \t]*print[ \t]+[\"']|\n<<<<<<< "
# as expressions these are found twice as fast as by `bytes.find`
_PRINT = compiled(rb"print ")
_CONFLICT = compiled(rb"<<<<<<< ")


_known = Statements().__getitem__
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
    head = data[: _end_of_statement(data, last)]
    pieces = _STATEMENT.split(head)
    said = list(map(_known, pieces[2::3]))
    calls: list[tuple[int, re.Match[bytes]]] = []
    if head.count(b"import") != _words(said):
        if head.find(b"lazy") >= 0 and compiled_late(_LAZY_LINE).search(head) is not None:
            pieces = compiled_late(_LAZY_STATEMENT).split(head)
            said = list(map(_known, pieces[2::3]))
        inline, called = _elsewhere(data, pieces, last)
        if inline and not _are_hidden(data, inline):
            return None
        if called:
            from hexci.domain.boundaries.python.dynamic import literal_calls  # noqa: PLC0415

            calls = literal_calls(data)
    # where the last statement starts
    reach = len(head) - sum(map(len, pieces[-3:])) - 1 if said else 0
    spans = spans_for(data, last if calls else reach, dynamic=bool(calls))
    found = None if spans is None else _statements(data, pieces, said, spans)
    if found is None or spans is None:
        return None
    if calls:
        from hexci.domain.boundaries.python.dynamic import dynamic_imports  # noqa: PLC0415

        found = sorted([*found, *dynamic_imports(data, calls, spans)], key=lambda item: item[1:3])
    return Extract(tuple(found))


def _words(said: list[Statement]) -> int:
    """How often the statements say "import"."""
    if set(map(type, said)) == _ALL_PLAIN:
        return len(said)
    return sum([one[2] if isinstance(one, tuple) else 1 for one in said])


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


def _elsewhere(data: bytes, pieces: list[bytes], last: int) -> tuple[list[int], bool]:
    """Where imports stand (in strings and comments too) that do not start their line.

    And whether something may be called that imports.
    """
    inline: list[int] = []
    called = False
    betweens = pieces[::3]
    for number in compress(range(len(betweens)), betweens):  # most are empty
        between = betweens[number]
        at = between.find(b"import")
        if at < 0:
            continue
        # where `between` starts; the pattern took one line end before each statement
        position = sum(map(len, pieces[: 3 * number])) + number
        while 0 <= at <= last - position:
            here = position + at
            called = called or data.startswith((b"import_module", b"import__"), here)
            line = data.rfind(b"\n", 0, here)
            if line > 0 and data[line - 1] == 92:  # continued from a line that may hold `;`
                inline.append(here)
            if data.find(b":", line, here) >= 0 or data.find(b";", line, here) >= 0:
                hits = compiled_late(_INLINE).finditer(data, line, here + 8)
                inline += [hit.start() for hit in hits]
            at = between.find(b"import", at + 6)
    return inline, called


def _are_hidden(data: bytes, places: list[int]) -> bool:
    """Whether all these places are in strings or comments."""
    spans = all_spans(data, places[-1] + 1)
    return spans is not None and all(in_spans(spans, at) for at in places)


def _normalised(raw: bytes) -> bytes:
    """The text with a line end before it, plain line ends and no byte order mark."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return b"\n" + raw


def _broken(data: bytes) -> bool:
    """Whether the file shows that it is no Python 3: then a parser shall say where."""
    first = data.find(b"<")  # one character is found in no time, and most files have none
    conflict = first >= 0 and _CONFLICT.search(data, first) is not None
    if not conflict and _PRINT.search(data) is None:
        return False
    return compiled_late(_REMNANTS).search(data) is not None


def _statements(
    data: bytes, pieces: list[bytes], said: list[Statement], spans: Spans
) -> Iterable[RawImport] | None:
    betweens, heads, ends = pieces[0::3], pieces[1::3], spans[1]
    # most strings, as what a module says of itself, end above the first statement
    if (ends and ends[-1] > len(betweens[0])) or set(map(type, said)) != _ALL_PLAIN:
        return _statement_by_statement(data, pieces, said, spans)
    steps = [1] * len(said)
    for number in compress(range(len(said)), betweens):  # most are empty
        between = betweens[number]
        if between[-1:] == b"\\":  # the line before is continued here
            return None
        steps[number] += between.count(b"\n")
    lines = accumulate(steps)
    if not any(heads):
        return zip(said, lines, repeat(1), repeat(0))  # type: ignore[arg-type]
    bits = _contexts(data, pieces, heads, spans)
    if None in bits:
        return None
    columns = [len(head) + 1 for head in heads]
    return zip(said, lines, columns, bits, strict=True)  # type: ignore[arg-type]


def _contexts(
    data: bytes, pieces: list[bytes], heads: list[bytes], spans: Spans
) -> list[int | None]:
    """The bits of every statement; None for one that only a parser can tell of."""
    bits: list[int | None] = [0] * len(heads)
    contexts = Contexts(data, spans)
    for number in compress(range(len(heads)), heads):
        head = heads[number]
        if number and head == heads[number - 1] and not pieces[3 * number]:
            bits[number] = bits[number - 1]  # it stands under what the last one stands under
        else:
            start = sum(map(len, pieces[: 3 * number + 1])) + number
            bits[number] = _context(data, start + 1, head, contexts)
    return bits


def _statement_by_statement(
    data: bytes, pieces: list[bytes], said: list[Statement], spans: Spans
) -> list[RawImport] | None:
    """The same where strings may hide statements, or some take several lines."""
    found: list[RawImport] = []
    hiding = bool(spans[0])
    contexts = Contexts(data, spans)
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
            bits = _context(data, start + 1, head, contexts) if head else 0
            before = head
        if bits is None:
            return None
        for spec in specs:
            found.append((spec, here, len(head) + 1, bits))  # noqa: PERF401 - most often one
    return found


def _context(data: bytes, start: int, head: bytes, contexts: Contexts) -> int | None:
    """The bits that a statement gets from `lazy` and from what its line stands under."""
    indent = head.removesuffix(head.lstrip(b" \t\f"))
    if data.endswith(_CHECKING, 0, start):  # most indented imports of most trees
        bits: int | None = TYPE_ONLY
    else:
        bits = contexts.bits(start, indent) if indent else 0
    return bits if bits is None or indent == head else bits | LAZY
