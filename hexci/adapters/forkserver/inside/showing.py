"""A call as one line for people, the same in every run."""

from __future__ import annotations

import re

_LONGEST = 100
_PLACE = re.compile(r" at 0x[0-9a-fA-F]+")  # in memory: another in every run


def call_shown(function, arguments: list) -> str:
    """`name(values)`; a value that cannot show itself is shown by its type. Bounded."""
    text = ", ".join(_shown(value) for value in arguments)
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return f"{function.__qualname__}({text})"


def _shown(value: object) -> str:
    try:
        return _PLACE.sub("", repr(value)).replace("\n", " ")
    except Exception:  # noqa: BLE001 - the program's own __repr__ may do anything
        return type(value).__name__
