"""The words of a task that may name something in the code."""

import re

_WORD = re.compile(r"[A-Za-z_]\w{3,}")
_FILLER = """
should would could fails failing test tests make please with that this from into when does returns
return wrong code function method class error bug fixed
"""


def words_of(task: str) -> frozenset[str]:
    """Lower-case words of four letters and more that are no filler."""
    return frozenset(w.lower() for w in _WORD.findall(task)) - frozenset(_FILLER.split())
