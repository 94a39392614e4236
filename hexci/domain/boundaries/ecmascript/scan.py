"""TypeScript and JavaScript imports: the header item by item, and a proof that there are no more.

Imports stand at the top of nearly every file. The header is matched item by item; when anything
after it could still be an import, `require(` or `export … from`, the answer is None: parse.
"""

import re
from functools import cache

from hexci.domain.boundaries.ecmascript.blocks import script_of
from hexci.domain.boundaries.kinds import REEXPORT, TYPE_ONLY, Extract, RawImport
from hexci.domain.boundaries.patterns import compiled

_GAP = rb"(?:\s++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/)"
_STRING = rb"""(?:"([^"\\\n]*+)"|'([^'\\\n]*+)')"""
# between `import` and the string: nothing, or words and braces that end in `from`
_ITEM = (
    rb"(?P<import>import(?P<clause>(?:\s*+[\w$*{},]++)*?\s*+)"
    rb"(?P<source>" + _STRING + rb")(?:\s*+(?:with|assert)\s*+\{[^{}]*+\})?)"
    rb"|(?P<export>export\s*+(?P<names>(?:type\b\s*+)?(?:\*(?:\s*+as\s++[\w$]++)?|\{[\w$\s,]*+\}))"
    rb"\s*+from\s*+(?P<from>" + _STRING + rb"))"
    rb"|(?P<local>export\s*+(?:type\b\s*+)?\{[\w$\s,]*+\}(?!\s*+from))"
    rb"|(?P<directive>" + _STRING + rb"(?=\s*+[;\n]))"
    rb"|(?P<end>;)"
)
# what can still be an import after the header; also in strings and comments, to be safe
_SUSPECT = (
    rb"(?<![\w$.])(?:import(?:\s*+[(*{'\"`/]|\s++[\w$]|\s*+\.\s*+(?:defer|source))|require\s*+[(`/])"
    rb"|(?<![\w$])from\s*+['\"]|///\s*+<reference"
)
_REFERENCE = rb"""///\s*<reference\s+(path|types)\s*=\s*["']([^"'\n]+)["']"""
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
    if _compiled(_SUSPECT).search(data, position) is not None:
        return None
    return Extract(tuple(sorted([*found, *references(data[:position])], key=lambda i: i[1:3])))


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


def import_bits(clause: bytes) -> int:
    """Whether the words between `import` and `from` ask for types only."""
    text = clause.strip()
    if text.startswith(b"type") and text != b"type" and not text.startswith(b"type,"):
        rest = text[4:].lstrip()
        # `import type from "x"` imports a default called type
        if not rest.startswith((b"from", b",", b"=")) or rest[4:5].isspace():
            return TYPE_ONLY if text[4:5] in b" \t\n\r{*" else 0
    return TYPE_ONLY if _compiled(_ALL_TYPES).fullmatch(clause) else 0


def _imports(data: bytes, item: re.Match[bytes], line: int) -> list[RawImport]:
    quoted = item["source"] or item["from"]
    if quoted is None:
        return []
    spec = quoted[1:-1].decode("utf-8", "replace")
    column = item.start() - data.rfind(b"\n", 0, item.start())
    if item["import"] is not None:
        clause = item["clause"].strip()
        return [(spec, line, column, import_bits(clause.removesuffix(b"from")))]
    kind = TYPE_ONLY if item["names"].startswith(b"type") else 0
    if not kind and _compiled(_ALL_TYPES).fullmatch(item["names"]):
        kind = TYPE_ONLY
    return [(spec, line, column, REEXPORT | kind)]
