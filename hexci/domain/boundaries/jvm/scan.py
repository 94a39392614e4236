"""Java and Kotlin: package, imports, top declarations and names written out in full.

One expression skips strings, characters and comments; braces are counted to know what stands at
the top. A file that does not come out even is left to a parser.
"""

import re

from hexci.domain.boundaries.kinds import Extract, RawImport
from hexci.domain.boundaries.patterns import compiled

_SKIPPED = (
    rb'"""(?:.*?)"""|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|\'(?:[^\'\\\n]|\\[^\n][^\'\n]*)\''
    rb"|//[^\n]*+|/\*.*?\*/"
)
_NAME = rb"[\w`$]++(?:\s*+\.\s*+[\w`$]++)*+"
_WANTED = (
    rb"|(?<![\w.$@])(?:package\s++(?P<package>" + _NAME + rb")"
    rb"|import\s++(?P<static>static\s++)?(?P<import>" + _NAME + rb"(?:\s*+\.\s*+\*)?)"
    rb"|(?:class|interface|enum|record|object|typealias|@interface|fun|va[lr])\s++"
    rb"(?:<[^>{}]*>\s*+)?(?:[\w<>?,* ]+\.)?(?P<declared>[\w`]++)"
    rb"|(?P<full>[a-z_]\w*+(?:\.[a-z_]\w*+)++\.[A-Z]\w*+))"
    rb"|(?P<brace>[{}])"
)
_TOKEN = compiled(_SKIPPED + _WANTED, re.DOTALL)


def scan(raw: bytes, path: str) -> Extract | None:  # noqa: ARG001 - one form for all languages
    """What a file imports and declares; None when its braces do not come out even.

    `declares` is `package|Name,Name`. A spec with `!` at its end was written in full in the code.
    """
    data = raw.removeprefix(b"\xef\xbb\xbf")
    package = ""
    declared: list[str] = []
    found: list[RawImport] = []
    depth, line, counted = 0, 1, 0
    for token in _TOKEN.finditer(data):
        if token["brace"]:
            depth += 1 if token["brace"] == b"{" else -1
        elif token["package"] and not package:
            package = _plain(token["package"])
        elif token["declared"] and depth == 0:
            declared.append(_plain(token["declared"]))
        elif token["import"] or token["full"]:
            line += data.count(b"\n", counted, token.start())
            counted = token.start()
            column = counted - data.rfind(b"\n", 0, counted)
            spec = _plain(token["import"]) if token["import"] else f"{_plain(token['full'])}!"
            found.append((spec, line, column, 0))
    if depth:
        return None
    return Extract(tuple(found), (), f"{package}|{','.join(dict.fromkeys(declared))}")


def _plain(name: bytes) -> str:
    return "".join(name.decode("utf-8", "replace").replace("`", "").split())
