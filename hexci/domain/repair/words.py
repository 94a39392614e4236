"""The words of a task, and of the names of failing tests, that may name something in the code."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z_]\w{3,}")
_HUMP = re.compile(r"([a-z0-9])([A-Z])")
_FILLER = """
should would could fails failing test tests make please with that this from into when does returns
return wrong code function method class error bug fixed
"""


def words_of(task: str) -> frozenset[str]:
    """Lower-case words of four letters and more that are no filler."""
    return frozenset(w.lower() for w in _WORD.findall(task)) - frozenset(_FILLER.split())


def words_of_tests(tests: Iterable[str]) -> frozenset[str]:
    """The like of tests' ids: the parts of their own names, without parameters and files."""
    names = (test.partition("[")[0].replace(".", ":").rpartition(":")[2] for test in tests)
    return words_of(" ".join(parts_of(name) for name in names))


def parts_of(name: str) -> str:
    """`parse_twoWords` as `parse two words`."""
    return _HUMP.sub(r"\1 \2", name).replace("_", " ").lower()
