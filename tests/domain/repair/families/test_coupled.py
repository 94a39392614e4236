import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.coupled import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a[0] < b[0]", "x = a[1] < b[1]"),
        ("x = a.left + f(a.left)", "x = a.right + f(a.right)"),
        ("x = a[i] + b[i] + c[i]", "x = a[i - 1] + b[i - 1] + c[i - 1]"),
        ("x = 0", "x -= 1"),
        ("x -= 1", "x //= 2"),
        ("if a < b - 1: pass", "if a <= b: pass"),
        ("while a < b: f(a)", "while b <= a: f(a)"),
    ],
)
def test_two_edits_of_a_statement_are_made_at_once(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before, types=dict.fromkeys("bxi", "int"))


def test_statements_inside_a_block_are_not_coupled_with_its_head() -> None:
    found = rewrites(FAMILY, "if a < b:\n    x = 1\n", types=dict.fromkeys("abx", "int"))
    assert found
    assert all("if a < b:\n" in text or "\n    x = 1\n" in text for text in found)


def test_edits_of_the_same_bytes_are_never_coupled() -> None:
    assert "x = 1" not in rewrites(FAMILY, "x = 2")
