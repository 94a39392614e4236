"""Strings that name a module: Django's INSTALLED_APPS, entry points, `jest.mock("./a")`.

Nobody can tell such a string from any other, so they count only in the files that the config
names, and only where they lead to a file of the tree.
"""

import re

from hexci.domain.boundaries.kinds import DYNAMIC, STRING, Extract, RawImport

_PATTERNS = {
    # `a.b.C` or `a.b:attr`
    "python": rb"""(["'])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?::[\w.]+)?\1""",
    "ecmascript": rb"""(["'`])(\.{1,2}/[^"'`$*\n]+)\1""",
}


def with_strings(extract: Extract, raw: bytes, language: str) -> Extract:
    """The extract with every string that may name a module, as a dynamic import."""
    pattern = _PATTERNS.get(language)
    if pattern is None:
        return extract
    stated = {(spec, line) for spec, line, _, _ in extract.imports}
    found: list[RawImport] = []
    for match in re.finditer(pattern, raw):
        line = raw.count(b"\n", 0, match.start()) + 1
        spec = match[2].decode("utf-8", "replace")
        if (spec, line) not in stated:
            column = match.start() - raw.rfind(b"\n", 0, match.start())
            found.append((spec, line, column, DYNAMIC | STRING))
    return extract._replace(imports=(*extract.imports, *found))
