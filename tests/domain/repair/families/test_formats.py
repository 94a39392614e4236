import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.formats import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('x = f"{a:04} {b}"', 'x = f"{a:04x} {b}"'),
        ('x = f"{a:.2f}"', 'x = f"{a:.1f}"'),
        ('x = f"{a:<8}"', 'x = f"{a:>8}"'),
        ('x = f"{a:2}"', 'x = f"{a:02}"'),
        ('x = f"{a}"', 'x = f"{a!r}"'),
        ('x = f"{a!r}"', 'x = f"{a}"'),
        ('x = f"é{a:>{b}}{c:5}"', 'x = f"é{a:>{b}}{c:6}"'),
        ('x = "{:3}".format(a)', 'x = "{:4}".format(a)'),
        ('x = "{0:d} {name}".format(a)', 'x = "{0:x} {name}".format(a)'),
    ],
)
def test_a_field_is_shown_in_another_way(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize("before", ['x = "{a + b: c}"', '"{0}"', "x = 3", 'x = "a"'])
def test_what_is_no_field_is_left_alone(before: str) -> None:
    assert rewrites(FAMILY, before) == []
