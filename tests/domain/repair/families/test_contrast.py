import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.contrast import FAMILY
from hexci.domain.repair.proposal import Crash


def shown(left: object, right: object) -> Crash:
    """A failed comparison of two plain values."""
    return Crash("test", "AssertionError", "", (), (repr(left), repr(right)))


@pytest.mark.parametrize(
    ("code", "left", "right", "after"),
    [
        ("x = a + ' and ' + b\n", "1 and 2", "1 or 2", "x = a + ' or ' + b\n"),
        ("x = ' and '.join(a)\n", "1 or 2", "1 and 2", "x = ' or '.join(a)\n"),
        ("x = a + ' ' + b\n", "1 2", "1, 2", "x = a + ', ' + b\n"),
        ("x = a + ' '\n", [{"k": " "}, {"n": 1}], [{"k": "_"}, {"n": {}}], "x = a + '_'\n"),
        ("x = a + '.'\n", ["1."], ["1"], "x = a + ''\n"),
        ("x = '\\n'.join(a)\n", "1\n2", "1\r\n2", "x = '\\r\\n'.join(a)\n"),
        ("x = f'{a} and {b}'\n", "1 and 2", "1 or 2", "x = f'{a} or {b}'\n"),
        ("x = a\n", "1\n2", "1\r\n2", "x = a.replace('\\n', '\\r\\n')\n"),
        ("x = a % 12\n", 12, 24, "x = a % 24\n"),
        ("def f(a):\n    return a\n", [1], (1,), "def f(a):\n    return tuple(a)\n"),
        ("def f(a):\n    return a + b\n", "A", "a", "def f(a):\n    return (a + b).lower()\n"),
        ("def f(a):\n    return a\n", [2, 1], [1, 2], "def f(a):\n    return sorted(a)\n"),
        ("def f(a):\n    return a\n", {"k": " v"}, {"k": "v"},
         "def f(a):\n    return a.strip()\n"),
    ],
)  # fmt: skip
def test_what_lies_between_the_two_sides_is_tried(
    code: str, left: object, right: object, after: str
) -> None:
    assert after in rewrites(FAMILY, code, crash=shown(left, right))


def test_nothing_is_proposed_where_no_two_values_were_shown() -> None:
    crash = Crash("test", "AssertionError", "")
    assert rewrites(FAMILY, "x = a + ' and ' + b\n", crash=crash) == []


def test_two_texts_that_have_little_in_common_suggest_nothing() -> None:
    crash = shown("a1b2c3d4e5f6", "a_b_c_d_e_f_")
    assert rewrites(FAMILY, "x = '1'\n", crash=crash) == []
