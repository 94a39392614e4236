"""C#: `using` directives, namespaces and types. Namespaces are no folders: files tell theirs."""

import re

from hexci.domain.boundaries.kinds import Extract, RawImport
from hexci.domain.boundaries.patterns import compiled

_SKIPPED = (
    rb'\$*"""+(?:.*?)"""+|(?:\$@|@\$|@)"[^"]*+(?:""[^"]*+)*+"'
    rb'|\$?"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|\'(?:[^\'\\\n]|\\[^\n][^\'\n]*)\''
    rb"|//[^\n]*+|/\*.*?\*/|(?m:^)[ \t]*+#[^\n]*+"
)
_NAME = rb"[\w@]++(?:\s*+\.\s*+[\w@]++)*+"
_WANTED = (
    rb"|(?<![\w.@])(?:using\s++(?:static\s++)?(?:[\w@]++\s*+=\s*+)?"
    rb"(?P<using>(?:global::\s*+)?" + _NAME + rb")\s*+(?:<[^;{}]*>)?;"
    rb"|namespace\s++(?P<namespace>" + _NAME + rb")"
    rb"|(?:class|interface|enum|struct|record(?:\s++(?:class|struct))?)\s++(?P<type>[\w@]++)"
    rb"|(?P<full>(?:global::)?[A-Z]\w*+(?:\.[A-Z]\w*+){2,}+))"
    rb"|(?P<brace>[{}])"
)
_TOKEN = compiled(_SKIPPED + _WANTED, re.DOTALL)


def scan(raw: bytes, path: str) -> Extract | None:  # noqa: ARG001 - one form for all languages
    """What a file uses and declares; None when its braces do not come out even.

    `declares` is `Namespace;Namespace|Type,Type`. A spec with `!` was written in full in the code.
    """
    data = raw.removeprefix(b"\xef\xbb\xbf")
    namespaces: list[str] = []
    types: list[str] = []
    found: list[RawImport] = []
    depth, line, counted = 0, 1, 0
    for token in _TOKEN.finditer(data):
        if token["brace"]:
            depth += 1 if token["brace"] == b"{" else -1
        elif token["namespace"]:
            namespaces.append(_plain(token["namespace"]))
        elif token["type"]:
            types.append(_plain(token["type"]))
        elif token["using"] or token["full"]:
            line += data.count(b"\n", counted, token.start())
            counted = token.start()
            column = counted - data.rfind(b"\n", 0, counted)
            spec = _plain(token["using"]) if token["using"] else f"{_plain(token['full'])}!"
            found.append((spec, line, column, 0))
    if depth:
        return None
    said = f"{';'.join(dict.fromkeys(namespaces))}|{','.join(dict.fromkeys(types))}"
    return Extract(tuple(found), (), said)


def _plain(name: bytes) -> str:
    text = "".join(name.decode("utf-8", "replace").replace("@", "").split())
    return text.removeprefix("global::")
