import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.arithmetic import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a + b", "x = a - b"),
        ("x = a // b", "x = a / b"),
        ("x += 1", "x -= 1"),
        ("x = (a) ** (b)", "x = (a) * (b)"),
    ],
)
def test_arithmetic_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize("before", ["x = a + b", "x = a // b", "x += 1", "x = (a) ** (b)"])
def test_arithmetic_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


@pytest.mark.parametrize("before", ["x = (a + 1) // b", "x = (a + 1) // b + 1"])
def test_a_quotient_is_rounded_up(before: str) -> None:
    assert "x = -(-(a + 1) // b)" in rewrites(FAMILY, before)


def test_a_sum_of_two_may_be_the_larger_of_them() -> None:
    assert "x = max(a, b)" in rewrites(FAMILY, "x = a + b")


def test_only_the_larger_of_two_terms_may_count() -> None:
    assert "x = a + max(b, c)" in rewrites(FAMILY, "x = a + b + c")


def test_a_square_may_be_a_product_with_another_number() -> None:
    before = "def f(a, b):\n    return (a - b) ** 2"
    found = rewrites(FAMILY, before, types={"a": "float", "b": "float"})
    assert "def f(a, b):\n    return (a - b) * b" in found
