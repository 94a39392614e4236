import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.assign import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1", "a += 1"),
        ("def f(a, b):\n    a = 1\n", "def f(a, b):\n    b = 1\n"),
        ("a += 1", "a = 1"),
        ("def f(a):\n    g(a)\n", "def f(a):\n    return g(a)\n"),
        ("def f(a):\n    a.b()\n", "def f(a):\n    a = a.b()\n"),
        ("def f(a):\n    return a\n", "def f(a):\n    a += 1\n    return a\n"),
        ("def f(a, b):\n    a += 1\n", "def f(a, b):\n    b += 1\n"),
        ("a += b", "a = max(a, b)"),
        ("a[b] = c", "a = c"),
        ("def f(a, b, c):\n    a, b = g()\n", "def f(a, b, c):\n    a, c = g()\n"),
        (
            "def f(a):\n    for x, b in a:\n        g(c)\n",
            "def f(a):\n    for x, c in a:\n        g(c)\n",
        ),
        ("def f(a):\n    b = a = 1\n    g(c)\n", "def f(a):\n    b = c = 1\n    g(c)\n"),
        ("a[i][j] = k", "a[i][j] = a[i][k]"),
        ("a[i][j] = k", "a[i][j] = a[k][j]"),
    ],
)
def test_assign_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "a = 1",
        "def f(a, b):\n    a = 1\n",
        "a += 1",
        "def f(a):\n    g(a)\n",
        "def f(a):\n    a.b()\n",
        "def f(a):\n    return a\n",
    ],
)
def test_assign_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a[b] = c", "a[b] = a.get(b, 0) + c"),
        ("a[b] = [c]", "a.setdefault(b, []).append(c)"),
        ("b = c\n    c = b", "b, c = c, b"),
    ],
)
def test_what_would_be_lost_is_kept(before: str, after: str) -> None:
    code = "def f(a, b, c):\n    {}\n    return a, b, c"
    found = rewrites(FAMILY, code.format(before), types={"a": "dict", "b": "str", "c": "int"})
    assert code.format(after) in found
    assert code.format("a[b] = a.get(b, 0) + c") not in rewrites(
        FAMILY, code.format("a[b] = c"), types={"a": "list", "b": "int", "c": "int"}
    )


def test_a_sum_does_not_fall_below_what_it_begins_with() -> None:
    found = rewrites(FAMILY, "a += b")
    assert {"a = max(b, a + b)", "a = max(0, a + b)"} <= {*found}


def test_what_a_call_gives_is_kept_where_its_argument_was() -> None:
    assert "node.left = put(node.left, key)" in rewrites(FAMILY, "put(node.left, key)")


def test_what_was_there_is_kept_as_a_factor() -> None:
    assert "a[i] *= b" in rewrites(FAMILY, "a[i] = b")
