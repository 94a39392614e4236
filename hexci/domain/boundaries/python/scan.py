"""Python imports by a lexical scan that proves itself, or the answer None: "parse this file".

A statement starts after a line end, `;` or `:`. Statements at a line start are found by one
expression; those inside strings are dropped by lexing as far as the last one. An import after
`;` or `:`, an unterminated string or anything unexpected makes the scan unsure.
"""

import re
from itertools import compress

from hexci.domain.boundaries.kinds import EMPTY, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled, compiled_late
from hexci.domain.boundaries.python.context import Contexts
from hexci.domain.boundaries.python.spans import Spans, all_spans, in_spans, spans_for
from hexci.domain.boundaries.python.statements import Statements

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


_KNOWN = Statements()
_spec_of = _KNOWN.__getitem__
_BACKSLASH = 92


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
    said = list(map(_spec_of, pieces[2::3]))
    spans = spans_for(data, _last_start(head, pieces))
    calls: list[tuple[int, re.Match[bytes]]] = []
    if spans is not None and not _is_all(head, pieces, said, spans):
        beside = _elsewhere(data, pieces, last, spans)
        if beside.lazy:
            pieces = compiled_late(_LAZY_STATEMENT).split(head)
            said = list(map(_spec_of, pieces[2::3]))
            spans = spans_for(data, _last_start(head, pieces))
            beside = _elsewhere(data, pieces, last, spans or ([], []))
        spans, calls = _rest(data, last, spans, beside)
    if spans is None:
        return None
    ends = spans[1]
    # most strings, as what a module says of itself, end above the first statement
    if all(said) and (not ends or ends[-1] <= len(pieces[0])):
        found = _plain_statements(data, pieces, said, spans)
    else:
        found = _statements(data, pieces, said, spans)
    if found is None:
        return None
    if calls:
        from hexci.domain.boundaries.python.dynamic import dynamic_imports  # noqa: PLC0415

        found = sorted([*found, *dynamic_imports(data, calls, spans)], key=lambda item: item[1:3])
    return Extract(tuple(found), (), "", (), False)  # all by place: that is made much sooner


def _last_start(head: bytes, pieces: list[bytes]) -> int:
    """Where the last statement starts; 0 when there is none."""
    return len(head) - sum(map(len, pieces[-3:])) - 1 if len(pieces) > 1 else 0


def _is_all(head: bytes, pieces: list[bytes], said: list[str], spans: Spans) -> bool:
    """Whether the text says "import" in these statements only, and in what it says of itself."""
    starts, ends = spans
    # a string that begins the file, and ends before the first statement
    begin = ends[0] if starts and starts[0] == 1 and ends[0] <= len(pieces[0]) else 0
    words = len(said)
    if not all(said):
        texts = zip(pieces[2::3], said, strict=True)
        words = sum([1 if spec else _KNOWN.more(text)[2] for text, spec in texts])
    return head.count(b"import", begin) == words


def _rest(
    data: bytes, last: int, spans: Spans | None, beside: "_Beside"
) -> tuple[Spans | None, list[tuple[int, re.Match[bytes]]]]:
    """The calls that import, with the spans that these may stand in.

    No spans where an import starts after `;` or `:`.
    """
    if beside.inline and not _are_hidden(data, beside.inline):
        return None, []
    if not beside.called:
        return spans, []
    from hexci.domain.boundaries.python.dynamic import literal_calls  # noqa: PLC0415 - seldom

    calls = literal_calls(data)
    return all_spans(data, last) if calls and spans is not None else spans, calls


def _end_of_statement(data: bytes, last: int) -> int:
    """Where the statement of the last `import` ends at the latest: its line, or its parenthesis.

    A comment between the parentheses may hold one more; then the statement is cut short, which
    no statement survives, and a parser is asked.
    """
    line_end = data.find(b"\n", last)
    if line_end < 0:
        return len(data)
    continued = data[line_end - 1] == _BACKSLASH
    if data.find(b"(", last, line_end) < 0 and not continued:
        return line_end
    closing = data.find(b")", last)
    return len(data) if closing < 0 or continued else max(closing + 1, line_end)


class _Beside:
    """Where imports may stand that do not start their line; whether there may be calls."""

    __slots__ = ("called", "inline", "lazy")

    def __init__(self) -> None:
        self.inline: list[int] = []
        self.called = False
        self.lazy = False  # whether some do start their line, but for the word `lazy`


def _elsewhere(data: bytes, pieces: list[bytes], last: int, spans: Spans) -> _Beside:
    """What stands between the statements and says "import".

    Imports in multi-line strings (`spans`) are left out; those in comments are not.
    """
    found = _Beside()
    betweens = pieces[::3]
    line = before = passed = position = 0  # the first `passed` statements end at `position`
    for number in compress(range(len(betweens)), betweens):  # most are empty
        at = betweens[number].find(b"import")
        if at < 0:
            continue
        position += sum(map(len, pieces[3 * passed : 3 * number])) + number - passed
        passed = number
        while 0 <= at <= last - position:
            here = position + at
            at = betweens[number].find(b"import", at + 6)
            found.called |= data.startswith((b"import_module", b"import__"), here)
            if in_spans(spans, here):
                continue
            line = max(line, data.rfind(b"\n", before, here))
            start = max(line, before)
            if line >= before and data.find(b"lazy", line, here) >= 0:
                found.lazy |= compiled_late(_LAZY_LINE).match(data, line) is not None
            if line > 0 and data[line - 1] == _BACKSLASH:  # continued from a line that may hold `;`
                found.inline.append(here)
            if data.find(b":", start, here) >= 0 or data.find(b";", start, here) >= 0:
                hits = compiled_late(_INLINE).finditer(data, start, here + 8)
                found.inline += [hit.start() for hit in hits]
            before = here
    return found


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


def _plain_statements(
    data: bytes, pieces: list[bytes], specs: list[str], spans: Spans
) -> list[RawImport] | None:
    """The imports of statements of one line each, which no string can hide."""
    found: list[RawImport] = []
    contexts: Contexts | None = None
    before = b""
    bits: int | None = 0
    line = passed = position = 0  # the first `passed` statements end at `position`
    for number, (between, head, spec) in enumerate(
        zip(pieces[::3], pieces[1::3], specs, strict=False)
    ):
        line += 1
        if between:
            if between[-1] == _BACKSLASH:  # the line before is continued here
                return None
            line += between.count(b"\n")
        if not head:
            found.append((spec, line, 1, 0))
        else:
            if between or head != before:  # else it stands under what the last one stands under
                position += sum(map(len, pieces[3 * passed : 3 * number])) + number - passed
                passed = number
                contexts = contexts or Contexts(data, spans)
                bits = contexts.bits(position + len(between) + 1, head)
            if bits is None:
                return None
            found.append((spec, line, len(head) + 1, bits))
        before = head
    return found


def _statements(
    data: bytes, pieces: list[bytes], said: list[str], spans: Spans
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
        specs: tuple[str, ...] | None = (told,)
        if not told:
            specs, breaks, _ = _KNOWN.more(text)
            line += breaks
        if hiding and in_spans(spans, start):
            before = b"hidden"
            continue
        if specs is None or (between and between[-1] == _BACKSLASH):
            return None
        if between or head != before:
            bits = contexts.bits(start + 1, head) if head else 0
            before = head
        if bits is None:
            return None
        for spec in specs:
            found.append((spec, here, len(head) + 1, bits))  # noqa: PERF401 - most often one
    return found
