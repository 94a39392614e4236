import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.elements import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = k in (T.A, T.B)\ny = T.C\n", "x = k in (T.A, T.B, T.C)\ny = T.C\n"),
        ("x = k in ('a', 'b')\ny = 'c'\n", "x = k in ('a', 'b', 'c')\ny = 'c'\n"),
        ("x = (Aa, Bb)\nCc = 1\n", "x = (Aa, Bb, Cc)\nCc = 1\n"),
    ],
)
def test_elements_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


def test_an_empty_literal_and_a_target_are_left_alone() -> None:
    assert rewrites(FAMILY, "x = []\n(a, b) = f()\n") == []
