"""TypeScript and JavaScript imports: the header item by item, and a proof that there are no more.

Imports stand at the top of nearly every file. The header is matched item by item; when anything
after it could still be an import, `require(` or `export … from`, and is not an example in a
comment, the answer is None: parse.
"""

import re
from functools import cache

from hexci.domain.boundaries.ecmascript.blocks import script_of
from hexci.domain.boundaries.ecmascript.comments import all_in_comments
from hexci.domain.boundaries.kinds import REEXPORT, TYPE_ONLY, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled

_REMARK = rb"//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"
_GAP = rb"(?:\s++|" + _REMARK + rb")"
_NAMES = rb"\{(?:[\w$\s,]++|" + _REMARK + rb")*+\}"
_STRING = rb"""(?:"([^"\\\n]*+)"|'([^'\\\n]*+)')"""
# between `import` and the string: nothing, or words and braces that end in `from`
_ITEM = (
    rb"(?P<import>import(?P<clause>(?:\s*+(?:[\w$*{},]++|" + _REMARK + rb"))*?\s*+)"
    rb"(?P<source>" + _STRING + rb")(?:\s*+(?:with|assert)\s*+\{[^{}]*+\})?)"
    rb"|(?P<export>export\s*+(?P<names>(?:type\b\s*+)?(?:\*(?:\s*+as\s++[\w$]++)?|"
    + _NAMES
    + rb"))"
    rb"\s*+from\s*+(?P<from>" + _STRING + rb"))"
    rb"|(?P<local>export\s*+(?:type\b\s*+)?" + _NAMES + rb"(?!\s*+from))"
    rb"|(?P<directive>" + _STRING + rb"(?=\s*+[;\n]))"
    rb"|(?P<end>;)"
)
# what can still be an import after the header; also in strings and comments, to be safe. Each
# is looked for by its word, which is ten times as fast as by one expression for all
_SUSPECTS = (
    (rb"import", rb"(?<![\w$.])import(?:\s*+[(*{'\"`/]|\s++[\w$]|\s*+\.\s*+(?:defer|source))"),
    (rb"require", rb"(?<![\w$.])require\s*+[(`/]"),
    (rb"from", rb"(?<![\w$])from\s*+['\"]"),
    (rb"///", rb"///\s*+<reference"),
)
_REFERENCE = rb"""///\s*<reference\s+(path|types)\s*=\s*["']([^"'\n]+)["']"""
_TYPED = (".ts", ".mts", ".cts")  # in which `<` begins no tag
_ALL_TYPES = rb"\s*\{\s*type\s[\w$\s]+(?:,\s*type\s[\w$\s]+)*,?\s*\}\s*"


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    return compiled(pattern)


def scan(raw: bytes, path: str) -> Extract | None:
    """The imports of a file, or None when only a full parse can tell."""
    data = script_of(raw, path)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data.startswith(b"#!"):
        data = b"//" + data[2:]
    if data.find(b"import") < 0 and data.find(b"require") < 0 and data.find(b"from") < 0:
        return Extract(tuple(references(data)))
    gap, item = _compiled(_GAP), _compiled(_ITEM)
    found: list[RawImport] = []
    position, line, counted, size = 0, 1, 0, len(data)
    while position < size:
        blank = gap.match(data, position)
        if blank is not None:
            position = blank.end()
            continue
        matched = item.match(data, position)
        if matched is None:
            break
        line += data.count(b"\n", counted, position)
        counted = position
        found += _imports(data, matched, line)
        position = matched.end()
    if not all_in_comments(
        data, position, _suspects(data, position), jsx=not path.endswith(_TYPED)
    ):
        return None
    return Extract(tuple(sorted([*found, *references(data[:position])], key=lambda i: i[1:3])))


def _suspects(data: bytes, position: int) -> list[int]:
    """Where something behind `position` looks like an import."""
    found = []
    for word, pattern in _SUSPECTS:
        places = [hit.start() for hit in _compiled(word).finditer(data, position)]
        if places:
            suspect = _compiled(pattern)
            found += [place for place in places if suspect.match(data, place)]
    return sorted(found)


def references(data: bytes) -> list[RawImport]:
    """`/// <reference path="x" />`: types only."""
    if b"<reference" not in data:
        return []
    found = []
    for hit in _compiled(_REFERENCE).finditer(data):
        name = hit[2].decode("utf-8", "replace")
        spec = name if hit[1] == b"types" or name.startswith(".") else f"./{name}"
        line = data.count(b"\n", 0, hit.start()) + 1
        found.append((spec, line, hit.start() - data.rfind(b"\n", 0, hit.start()), TYPE_ONLY))
    return found


def bare(clause: bytes) -> bytes:
    """What an import or export names, without remarks."""
    return (_compiled(_REMARK).sub(b" ", clause) if b"/" in clause else clause).strip()


def import_bits(clause: bytes) -> int:
    """Whether the words between `import` and `from` ask for types only."""
    text = bare(clause)
    if text.startswith(b"type") and text != b"type" and not text.startswith(b"type,"):
        rest = text[4:].lstrip()
        # `import type from "x"` imports a default called type
        if not rest.startswith((b"from", b",", b"=")) or rest[4:5].isspace():
            return TYPE_ONLY if text[4:5] in b" \t\n\r{*" else 0
    return TYPE_ONLY if _compiled(_ALL_TYPES).fullmatch(text) else 0


def _imports(data: bytes, item: re.Match[bytes], line: int) -> list[RawImport]:
    quoted = item["source"] or item["from"]
    if quoted is None:
        return []
    spec = quoted[1:-1].decode("utf-8", "replace")
    column = item.start() - data.rfind(b"\n", 0, item.start())
    if item["import"] is not None:
        clause = bare(item["clause"])
        return [(spec, line, column, import_bits(clause.removesuffix(b"from")))]
    names = bare(item["names"])
    kind = TYPE_ONLY if names.startswith(b"type") or _compiled(_ALL_TYPES).fullmatch(names) else 0
    return [(spec, line, column, REEXPORT | kind)]
