import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.index import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a[0]", "x = a[-1]"),
        ("x = a[1:]", "x = a[:1]"),
        ("x = a[:n]", "x = a[:]"),
        ("def f(a, i):\n    return a[i]", "def f(a, i):\n    return a[-i]"),
    ],
)
def test_index_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before", ["x = a[0]", "x = a[1:]", "x = a[:n]", "def f(a, i):\n    return a[i]"]
)
def test_index_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_a_slice_may_be_as_long_as_a_local_says() -> None:
    made = rewrites(FAMILY, "def f(a, i, n):\n    return a[i:]", types={"i": "int", "n": "int"})
    assert "def f(a, i, n):\n    return a[i:i + n]" in made


def test_the_last_are_taken_for_the_first() -> None:
    assert "x = a[-n:]" in rewrites(FAMILY, "x = a[:n]")
