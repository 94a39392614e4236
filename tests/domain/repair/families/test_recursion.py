import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.recursion import FAMILY
from hexci.domain.repair.proposal import Crash

CRASH = Crash("t", "RecursionError", "maximum recursion depth exceeded")


@pytest.mark.parametrize(
    ("end", "types"),
    [
        ("if low > high:\n        return 0", {"low": "int", "high": "int"}),
        ("if low == 0:\n        return 1", {"low": "int"}),
        ("if not low:\n        return []", {"low": "list"}),
        ("if not low:\n        return None", {"low": "list"}),
        ("if high >= len(low):\n        return high", {"low": "str", "high": "int"}),
        ("if low is None:\n        return None", {}),
    ],
)
def test_a_recursion_is_given_an_end(end: str, types: dict[str, str]) -> None:
    body = "    return max(f(low, high), f(high, low))\n"
    before = f"def f(low, high):\n{body}"
    found = rewrites(FAMILY, before, types=types, crash=CRASH)
    assert f"def f(low, high):\n    {end}\n{body}" in found


def test_an_end_stands_behind_the_docstring() -> None:
    before = 'def f(a):\n    """Text."""\n    return f(a)\n'
    after = 'def f(a):\n    """Text."""\n    if not a:\n        return a\n    return f(a)\n'
    assert after in rewrites(FAMILY, before)


def test_a_generator_ends_with_or_without_a_last_value() -> None:
    before = "def f(a):\n    yield from f(a[1:])\n"
    found = rewrites(FAMILY, before, types={"a": "list"})
    assert "def f(a):\n    if not a:\n        return\n    yield from f(a[1:])\n" in found
    last = "def f(a):\n    if not a:\n        yield ()\n        return\n    yield from f(a[1:])\n"
    assert last in found


def test_a_function_without_recursion_needs_no_end() -> None:
    assert not [t for t in rewrites(FAMILY, "def f(a):\n    return g(a)\n") if "if " in t]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(a, b):\n    c = a\n    return c\n",
            "def f(a, b):\n    c = f(a, a)\n    return c\n",
        ),
        (
            "class A:\n    def f(self, n):\n        return self.left\n",
            "class A:\n    def f(self, n):\n        return self.left.f(n)\n",
        ),
        (
            "class A:\n    def f(self, n):\n        return n.left\n",
            "class A:\n    def f(self, n):\n        return self.f(n.left)\n",
        ),
    ],
)
def test_the_function_itself_is_asked(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


def test_a_function_that_takes_anything_is_not_asked() -> None:
    assert rewrites(FAMILY, "def f(*a):\n    return b\n") == []


@pytest.mark.parametrize(
    ("returned", "end"),
    [("1 + f(a)", "0"), ("[a] + f(a)", "[]"), ("a == b or f(a)", "True"), ("'x' + f(a)", '""')],
)
def test_an_end_of_the_kind_that_is_returned_comes_first(returned: str, end: str) -> None:
    before = f"def f(a):\n    return {returned}\n"
    assert f"        return {end}\n" in rewrites(FAMILY, before)[0]


def test_a_value_named_while_it_is_returned_does_not_hinder() -> None:
    body = "    return (rest := f(a[1:]))\n"
    found = rewrites(FAMILY, f"def f(a):\n{body}", types={"a": "list"})
    assert f"def f(a):\n    if not a:\n        return None\n{body}" in found
