import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.constant import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 3", "x = 4"),
        ("x = True", "x = False"),
        ("def f():\n    a = 'one'\n    return 'two'", "def f():\n    a = 'two'\n    return 'two'"),
        ("x = 0", "x = -1"),
        ("x = None", "x = []"),
        (
            "def f(a, b):\n    g(len(a))\n    return b - 1",
            "def f(a, b):\n    g(len(a))\n    return b - len(a)",
        ),
    ],
)
def test_constant_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    ["x = 3", "x = True", "def f():\n    a = 'one'\n    return 'two'", "x = 0", "x = None"],
)
def test_constant_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_constant_may_be_a_local_of_its_kind() -> None:
    before = "def f(a, b):\n    for i in range(1, a):\n        pass\n"
    assert before.replace("(1,", "(b,") in rewrites(FAMILY, before, types={"a": "int", "b": "int"})


def test_one_may_be_the_next_number_after_a_local() -> None:
    before = "def f(a):\n    return g(1)"
    assert "def f(a):\n    return g(a + 1)" in rewrites(FAMILY, before, types={"a": "int"})


def test_nought_may_be_the_first_of_a_list_or_its_length() -> None:
    found = rewrites(FAMILY, "def f(a):\n    x = 0", types={"a": "list"})
    assert {"def f(a):\n    x = a[0]", "def f(a):\n    x = len(a)"} <= {*found}
