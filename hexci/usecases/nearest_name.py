"""The name that somebody may have meant."""

from collections.abc import Collection
from difflib import get_close_matches


def missing(what: str, name: str, known: Collection[str]) -> str:
    """That there is no such thing, with the nearest; empty when there is."""
    if name in known:
        return ""
    near = get_close_matches(name, known, n=1)
    listed = ", ".join(sorted(known)[:20]) or "there are none"
    advice = f"did you mean {near[0]!r}?" if near else f"known: {listed}"
    return f"there is no {what} {name!r}; {advice}"
