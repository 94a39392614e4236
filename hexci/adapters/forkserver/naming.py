"""Finding a test of the account among the tests that the server collected."""

import re
from collections.abc import Iterable

_SEPARATORS = re.compile(r"\.py(?=::|$)|::|[/\\]")


def matching(wanted: Iterable[str], collected: Iterable[str]) -> list[str]:
    """The collected ids that `wanted` mean, exactly where it can be, else by dotted name."""
    exact = list(collected)
    by_name = {dotted(test): test for test in exact}
    known = set(exact)
    found = []
    for test in wanted:
        if test in known:
            found.append(test)
        elif dotted(test) in by_name:
            found.append(by_name[dotted(test)])
    return found


def dotted(test: str) -> str:
    """`tests/test_a.py::T::test_b[x/y]` as `tests.test_a.T.test_b[x/y]`."""
    name, bracket, parameter = test.partition("[")
    return _SEPARATORS.sub(lambda m: "" if m[0] == ".py" else ".", name) + bracket + parameter
