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
