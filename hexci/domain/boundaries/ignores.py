"""Exceptions written beside the import: `hexci: ignore[HX001] because …, until=2027-01-31`."""

import re

from hexci.domain.named_tuple import NamedTuple

MARK = b"hexci: ignore"
# most files have none; an expression that starts with a rare letter is found four times as fast
MARKED = re.compile(rb"xci: ignore")
# only in a comment: `#`, `//` or inside `/* */`; `re` compiles it when the first file has one
_IGNORE = rb"(?:#|//|/\*)[ \t]*hexci: ignore(?:\[([A-Z0-9, ]*)\])?[ \t]*([^\n]*)"
_UNTIL = r"[,;]?\s*until=(\d{4}-\d{2}-\d{2})"


class InlineIgnore(NamedTuple):
    """What one comment says; `rules` is empty when it names none."""

    rules: tuple[str, ...]
    reason: str
    until: str


def find_ignores(data: bytes) -> list[tuple[int, int, str]]:
    """(line, column, text) of every ignore in a file."""
    found = []
    for match in re.finditer(_IGNORE, data):
        line = data.count(b"\n", 0, match.start()) + 1
        column = match.start() - data.rfind(b"\n", 0, match.start())
        rules = (match[1] or b"").decode("ascii", "replace")
        text = match[2].decode("utf-8", "replace").strip().removesuffix("*/").strip()
        found.append((line, column, f"{rules}|{text}"))
    return found


def read_ignore(text: str) -> InlineIgnore:
    """The parts of what `find_ignores` found."""
    rules, _, rest = text.partition("|")
    until = re.search(_UNTIL, rest)
    reason = re.sub(_UNTIL, "", rest).strip(" \t,;:-—")
    names = tuple(name.strip() for name in rules.split(",") if name.strip())
    return InlineIgnore(names, reason, until[1] if until else "")
