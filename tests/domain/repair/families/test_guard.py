import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.guard import FAMILY
from hexci.domain.repair.proposal import Crash


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(a):\n    return a[0]\n",
            "def f(a):\n    if not a:\n        return None\n    return a[0]\n",
        ),
        (
            "def f(a):\n    for v in a:\n        g(v)\n",
            "def f(a):\n    for v in a:\n        if v:\n            continue\n        g(v)\n",
        ),
        ("def f(a):\n    g(a)\n", "def f(a):\n    if a:\n        g(a)\n"),
    ],
)
def test_guard_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "def f(a):\n    return a[0]\n",
        "def f(a):\n    for v in a:\n        g(v)\n",
        "def f(a):\n    g(a)\n",
    ],
)
def test_guard_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_what_a_test_waited_for_is_raised_the_way_the_file_does() -> None:
    code = "def f(a):\n    g(a)\n\n\ndef h():\n    raise ValueError('no')\n"
    crash = Crash("test", "Failed", "DID NOT RAISE <class 'ValueError'>")
    after = code.replace("    g(a)", "    if not a:\n        raise ValueError('no')\n    g(a)")
    assert after in rewrites(FAMILY, code, crash=crash)
    assert after not in rewrites(FAMILY, code)


def test_what_asks_about_something_used_comes_before_what_does_not() -> None:
    names = [f"n{number}" for number in range(5)]
    code = f"def f({', '.join(names)}, seen, out, x):\n    out.append(x)\n"
    types = {**dict.fromkeys(names, "int"), "seen": "set", "out": "list", "x": "int"}
    after = code.replace("    out", "    if x not in seen:\n        out")
    assert after in rewrites(FAMILY, code, types=types)
