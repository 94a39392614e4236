"""The public names that a Python module defines at its top level, by their text alone."""

import re

_DEFINED = re.compile(rb"^(?:async[ \t]+def|def|class)[ \t]+([A-Za-z]\w*)", re.MULTILINE)


def exports_of(raw: bytes) -> list[tuple[str, int]]:
    """(name, line) of public functions and classes that the file itself uses nowhere else.

    Decorated ones are left out: a decorator may register what it decorates.
    """
    found = []
    for match in _DEFINED.finditer(raw):
        name = match[1]
        if len(re.findall(rb"\b%b\b" % name, raw)) > 1 or _is_decorated(raw, match.start()):
            continue
        found.append((name.decode("ascii", "replace"), raw.count(b"\n", 0, match.start()) + 1))
    return found


def _is_decorated(raw: bytes, start: int) -> bool:
    """Whether the lines above a definition end a decorator."""
    above = raw[:start].rstrip(b"\n")
    line = above[above.rfind(b"\n") + 1 :]
    return start - len(above) <= 1 and (line.startswith((b"@", b")")) or line[:1] in {b" ", b"\t"})
