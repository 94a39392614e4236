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
        ("x = a[-1]", "x = a[1:]"),
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


def test_a_part_without_nothing_at_its_end_is_whole() -> None:
    assert "x = a[:len(a) - k]" in rewrites(FAMILY, "x = a[:-k]")


def test_the_other_end_is_left_out() -> None:
    assert "x = a[1:]" in rewrites(FAMILY, "x = a[:-1]")
    assert "x = a[:-1]" in rewrites(FAMILY, "x = a[1:]")


def test_a_key_may_be_missing() -> None:
    before = "def f(d, k):\n    return d[k]\n"
    found = rewrites(FAMILY, before, types={"d": "dict"})
    assert before.replace("d[k]", "d.get(k, 0)") in found
