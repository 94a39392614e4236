import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.sharing import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = [[]] * b", "x = [[] for _ in range(b)]"),
        ("x = (b + 1) * [[0] * c]", "x = [[0] * c for _ in range(b + 1)]"),
        ("x = [set()] * b", "x = [set() for _ in range(b)]"),
        ("x = dict.fromkeys(a, [])", "x = {key: [] for key in a}"),
        ("x = y = []", "x, y = [], []"),
        ("x = list(rows)", "x = [list(each) for each in rows]"),
        ("x = rows[:]", "x = [list(each) for each in rows]"),
        (
            "def f(each):\n    return each.copy()",
            "def f(each):\n    return [list(part) for part in each]",
        ),
    ],
)
def test_sharing_makes_the_expected_program(before: str, after: str) -> None:
    assert rewrites(FAMILY, before) == [after]


@pytest.mark.parametrize("before", ["x = [0] * b", "x = dict.fromkeys(a, 0)", "x = y = 0", "f(x)"])
def test_what_cannot_change_may_be_shared(before: str) -> None:
    assert rewrites(FAMILY, before) == []


def test_rows_are_not_copied_under_a_name_that_is_taken() -> None:
    assert rewrites(FAMILY, "def f(each, part, inner):\n    return each.copy()") == []
