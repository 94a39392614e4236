import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.absent import FAMILY
from hexci.domain.repair.proposal import Crash

NONE = "'NoneType' object has no attribute 'x'"
UNBOUND = "cannot access local variable 'a' where it is not associated with a value"


@pytest.mark.parametrize(
    ("code", "line", "kind", "message", "after"),
    [
        ("def f(a):\n    a.x()\n", 2, "AttributeError", NONE,
         "def f(a):\n    if a is not None:\n        a.x()\n"),
        ("def f(a):\n    return a.x\n", 2, "AttributeError", NONE,
         "def f(a):\n    if a is None:\n        return None\n    return a.x\n"),
        ("def f(a):\n    return a.x\n", 2, "AttributeError", NONE,
         'def f(a):\n    return a.x if a is not None else ""\n'),
        ("def f(a):\n    if a.x:\n        g()\n", 2, "AttributeError", NONE,
         "def f(a):\n    if a is not None and a.x:\n        g()\n"),
        ("def f(a):\n    for v in a:\n        g(v.x)\n", 3, "AttributeError", NONE,
         ("def f(a):\n    for v in a:\n        if v is None:\n            continue\n"
          "        g(v.x)\n")),
        ("def f(a):\n    return a[0]\n", 2, "IndexError", "list index out of range",
         "def f(a):\n    if not a:\n        return None\n    return a[0]\n"),
        ("def f(d):\n    d.pop(1)\n", 2, "KeyError", "1", "def f(d):\n    d.pop(1, None)\n"),
        ("def f(b):\n    if b:\n        a = b\n    return a\n", 4, "UnboundLocalError", UNBOUND,
         "def f(b):\n    a = []\n    if b:\n        a = b\n    return a\n"),
    ],
)  # fmt: skip
def test_the_crash_is_kept_from_what_is_not_there(
    code: str, line: int, kind: str, message: str, after: str
) -> None:
    assert after in rewrites(FAMILY, code, crash=Crash("test", kind, message, (("a.py", line),)))


def test_nothing_is_proposed_for_another_line_or_another_crash() -> None:
    code = "def f(a):\n    return a[0].x\n"
    for kind, message, line in (("AttributeError", NONE, 1), ("TypeError", "no number", 2)):
        crash = Crash("test", kind, message, (("a.py", line),))
        assert rewrites(FAMILY, code, crash=crash) == []
