import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.boundary import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for i in range(n): pass", "for i in range(n + 1): pass"),
        ("x = a < len(b)", "x = a < len(b) - 1"),
        ("x = a[i:j]", "x = a[i:j + 1]"),
        ("x = a[i - 1]", "x = a[i]"),
        ("def f(n):\n    return n", "def f(n):\n    return n + 1"),
        ("x = n * m", "x = (n - 1) * m"),
        ("def f(a):\n    yield a", "def f(a):\n    yield a + 1"),
        ("x = [len(a) for a in b]", "x = [len(a) - 1 for a in b]"),
        ("x = lambda n: n", "x = lambda n: n + 1"),
        ("x = a.index(b)", "x = a.index(b) + 1"),
        ("x = f(a, b - 1)", "x = f(a - 1, b)"),
        ("x = a + 1, b", "x = a, b + 1"),
        ("x = a[i] == b[j]", "x = a[i - 1] == b[j - 1]"),
        ("x = a[i][j]", "x = a[i - 1][j - 1]"),
    ],
)
def test_boundary_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "for i in range(n): pass",
        "x = a < len(b)",
        "x = a[i:j]",
        "x = a[i - 1]",
        "def f(n):\n    return n",
    ],
)
def test_boundary_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_what_returns_a_truth_is_no_number() -> None:
    counting = "def f(a):\n    return a\n\n\nx = f(1)\n"
    asking = counting.replace("return a", "return a > 1")
    assert counting.replace("f(1)", "f(1) + 1") in rewrites(FAMILY, counting)
    assert asking.replace("f(1)", "f(1) + 1") not in rewrites(FAMILY, asking)
