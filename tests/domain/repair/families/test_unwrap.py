import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.unwrap import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = f(a)", "x = a"),
        ("x = a + b", "x = a"),
        ("x = a.strip()", "x = a"),
        ("x = -a", "x = a"),
        ("x = a[0]", "x = a"),
        ("x = a if b else c", "x = c"),
        ("x = a[b]", "x = b"),
        ("x = f(a, b)", "x = b"),
        ("x = 1 <= a < b", "x = a < b"),
        ("x = 1 <= a < b", "x = 1 <= a"),
    ],
)
def test_unwrap_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before", ["x = f(a)", "x = a + b", "x = a.strip()", "x = -a", "x = a[0]", "x = a if b else c"]
)
def test_unwrap_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_a_length_may_be_a_number_that_is_known_already() -> None:
    found = rewrites(FAMILY, "def f(a, b):\n    return g(0, len(a))", types={"b": "int"})
    assert "def f(a, b):\n    return g(0, b)" in found


def test_what_is_left_of_a_difference_may_keep_its_sign() -> None:
    assert "x = pow(a, -b, c)" in rewrites(FAMILY, "x = pow(a, c - b, c)")


def test_how_many_there_are_may_be_what_they_are_together() -> None:
    found = rewrites(FAMILY, "def f(a):\n    return len(a)", types={"a": "Counter"})
    assert "def f(a):\n    return sum(a.values())" in found
