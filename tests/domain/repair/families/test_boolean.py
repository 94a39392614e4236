import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.boolean import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a and b", "x = a or b"),
        ("x = a and b and c", "x = a or b or c"),
        ("x = not a", "x = a"),
        ("if f(a): pass", "if not f(a): pass"),
        ("x = a or b", "x = b"),
        ("x = a.y < b.y or a.m < b.m", "x = (a.y, a.m) < (b.y, b.m)"),
        ("x = [v for v in w if v]", "x = [v for v in w if not v]"),
        ("x = a and b > c", "x = not a or b > c"),
        ("x = not a or b", "x = a and b"),
        ("x = a and b", "x = a or not b"),
    ],
)
def test_boolean_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "x = a and b",
        "x = a and b and c",
        "x = not a",
        "if f(a): pass",
        "x = a or b",
        "x = [v for v in w if v]",
    ],
)
def test_boolean_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if f(a) and not f(b): pass", "if f(a) != f(b): pass"),
        ("if f(a) and f(b): pass", "if f(a) == f(b): pass"),
        ("if f(a) or f(b): pass", "if f(a) != f(b): pass"),
    ],
)
def test_two_truths_may_have_to_be_alike(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)
