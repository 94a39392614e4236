import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.argument import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(a, b)", "f(a)"),
        ("f(a, k=1)", "f(a)"),
        ("x = sorted(a)", "x = sorted(a, reverse=True)"),
        (
            "def g(a, flag=False): pass\ndef f(a, flag):\n    return g(a)",
            "def g(a, flag=False): pass\ndef f(a, flag):\n    return g(a, flag=flag)",
        ),
        ("f()\nf(x=1)", "f(x=1)\nf(x=1)"),
        ("def f(a, b):\n    return sum(a)", "def f(a, b):\n    return sum(a, b)"),
        ("x = range(a, b)", "x = range(a, b, -1)"),
        ("x = a.get(b)", "x = a.get(b, 0)"),
        ("def f(a, b):\n    return g(a)", "def f(a, b):\n    return g(b, a)"),
        ("def f(a, b, c):\n    return a.get(b)", "def f(a, b, c):\n    return a.setdefault(b, c)"),
        ("x = a.setdefault(b, c)", "x = a.get(b, c)"),
        (
            "def f(a, b):\n    c = f(a, b[1:])\n    return min(f(a[1:], b), c)",
            "def f(a, b):\n    c = f(a, b[1:])\n    return min(f(a[1:], b), c, f(a, b[1:]))",
        ),
    ],
)
def test_argument_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "f(a, b)",
        "f(a, k=1)",
        "x = sorted(a)",
        "def g(a, flag=False): pass\ndef f(a, flag):\n    return g(a)",
        "f()\nf(x=1)",
    ],
)
def test_argument_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_an_element_goes_to_the_other_end() -> None:
    assert "a.insert(0, b)" in rewrites(FAMILY, "a.append(b)")
    assert "a.append(b)" in rewrites(FAMILY, "a.insert(0, b)")


def test_a_least_value_is_also_that_of_an_element_nearby() -> None:
    found = rewrites(FAMILY, "x = min(a[i - 1], b[i])")
    assert {"x = min(a[i - 1], b[i], b[i - 1])", "x = min(a[i - 1], b[i], a[i])"} <= {*found}


def test_a_list_is_unpacked_and_an_unpacked_one_is_given_whole() -> None:
    before = "def f(rows):\n    return g(rows)\n"
    assert before.replace("g(rows)", "g(*rows)") in rewrites(FAMILY, before, types={"rows": "list"})
    assert "x = zip(rows)" in rewrites(FAMILY, "x = zip(*rows)")
