import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.grouping import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a + b // 2", "x = (a + b) // 2"),
        ("x = (a + b) // 2", "x = a + (b // 2)"),
        ("x = a // b * c", "x = a * c // b"),
        ("x = a // b * (c + d)", "x = a * (c + d) // b"),
        ("x = a * (b + c)", "x = (a * b) + c"),
        ("x = a - b - c", "x = a - (b - c)"),
        ("x = -a // b", "x = -(a // b)"),
        ("x = not a and b", "x = not (a and b)"),
        ("x = a and b or c", "x = a and (b or c)"),
        ("x = a or b and c", "x = (a or b) and c"),
        ("x = f(a[1:] + b)", "x = f(a[1:]) + b"),
        ("x = f(a * b)", "x = a * f(b)"),
        ("x = f(a) + b", "x = f(a + b)"),
    ],
)
def test_grouping_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize("before", ["x = a + b + c", "x = a * b", "x = a and b and c", "x = not a"])
def test_grouping_leaves_alone_what_is_the_same_in_any_groups(before: str) -> None:
    assert rewrites(FAMILY, before) == []
