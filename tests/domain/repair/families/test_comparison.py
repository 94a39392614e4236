import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.comparison import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if a<b: pass", "if a<=b: pass"),
        ("x = a == b", "x = a != b"),
        ("x = a==b", "x = a is b"),
        ("x = a is not b", "x = a is b"),
        ("x = (a) < (b)", "x = (a) <= (b)"),
        ("x = a not  in b", "x = a in b"),
    ],
)
def test_comparison_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "if a<b: pass",
        "x = a == b",
        "x = a==b",
        "x = a is not b",
        "x = (a) < (b)",
        "x = a not  in b",
    ],
)
def test_comparison_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_both_sides_may_be_places_of_the_same_table() -> None:
    before = "def f(a, i, j):\n    return i < j"
    found = rewrites(FAMILY, before, types={"a": "list", "i": "int", "j": "int"})
    assert "def f(a, i, j):\n    return a[i] < a[j]" in found
