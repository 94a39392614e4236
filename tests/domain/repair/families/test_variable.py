import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.variable import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a, b):\n    return a", "def f(a, b):\n    return b"),
        ("def f(a):\n    g(a.b)\n    return a", "def f(a):\n    g(a.b)\n    return a.b"),
        (
            "def f(a, b):\n    g(a['k'])\n    return b",
            "def f(a, b):\n    g(a['k'])\n    return b['k']",
        ),
        (
            "def f(a, i):\n    b = a[i]\n    while b:\n        i += 1\n",
            "def f(a, i):\n    b = a[i]\n    while a[i]:\n        i += 1\n",
        ),
    ],
)
def test_variable_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize("before", ["def f(a, b):\n    return a"])
def test_variable_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_a_name_is_exchanged_in_all_of_a_statement() -> None:
    before = "def f(a, i, j, k):\n    a[i], a[j] = a[j], a[i]"
    assert before.replace("j]", "k]") in rewrites(FAMILY, before)
