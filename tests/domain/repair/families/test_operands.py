import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.operands import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a - b", "x = b - a"),
        ("f(a, b)", "f(b, a)"),
        ("x = a, b, c", "x = b, c, a"),
        ("x = m[i][j]", "x = m[j][i]"),
        ("x = (a + b) - c", "x = (c) - (a + b)"),
        ("x = a if b else c", "x = c if b else a"),
    ],
)
def test_operands_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    ["x = a - b", "f(a, b)", "x = a, b, c", "x = m[i][j]", "x = (a + b) - c", "x = a if b else c"],
)
def test_operands_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
