import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.crash import FAMILY
from hexci.domain.repair.proposal import Crash


@pytest.mark.parametrize(
    ("code", "kind", "message", "after"),
    [
        ("x = cout\ncount = 1\n", "NameError", "name 'cout' is not defined",
         "x = count\ncount = 1\n"),
        ("x = math.pi\n", "NameError", "name 'math' is not defined",
         "import math\nx = math.pi\n"),
        ("x = d['a']\n", "KeyError", "'a'", "x = d.get('a', 0)\n"),
        ("for k in d: d.pop(k)\n", "RuntimeError", "dictionary changed size during iteration",
         "for k in list(d): d.pop(k)\n"),
        ("x = a.lenght\ny = a.length\n", "AttributeError", "no attribute 'lenght'",
         "x = a.length\ny = a.length\n"),
    ],
)  # fmt: skip
def test_the_exception_suggests_its_fix(code: str, kind: str, message: str, after: str) -> None:
    crash = Crash("test", kind, message, (("a.py", 1),))
    assert after in rewrites(FAMILY, code, crash=crash)


def test_nothing_is_proposed_where_nothing_crashed() -> None:
    crash = Crash("test", "KeyError", "'a'", (("a.py", 2),))
    assert rewrites(FAMILY, "x = d['a']\n\n", crash=crash) == []


def test_what_never_had_a_first_value_gets_one_before_the_block() -> None:
    before = "def f(a):\n    for b in a:\n        c.append(b)\n    return c"
    crash = Crash("t", "NameError", "name 'c' is not defined", (("a.py", 3),))
    after = before.replace("    for", "    c = []\n    for")
    assert after in rewrites(FAMILY, before, crash=crash)


@pytest.mark.parametrize(
    ("test", "kind", "asked"),
    [
        ("a[i] != b", "IndexError", "i < len(a) and a[i] != b"),
        ("a[i] != b", "IndexError", "i >= len(a) or a[i] != b"),
        ("a[-1] != b", "IndexError", "a and a[-1] != b"),
        ("a[i] or b", "KeyError", "i in a and (a[i] or b)"),
    ],
)
def test_a_condition_that_crashed_first_asks_whether_there_is_anything(
    test: str, kind: str, asked: str
) -> None:
    crash = Crash("t", kind, "out of range", (("a.py", 1),))
    assert f"while {asked}: i += 1\n" in rewrites(FAMILY, f"while {test}: i += 1\n", crash=crash)


def test_what_is_counted_for_the_first_time_begins_with_nothing() -> None:
    crash = Crash("t", "KeyError", "'k'", (("a.py", 1),))
    assert "d[k] = d.get(k, 0) + n\n" in rewrites(FAMILY, "d[k] += n\n", crash=crash)
