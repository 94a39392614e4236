import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.condition import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(a, b):\n    if a > 1:\n        return b",
            "def f(a, b):\n    if a > 1 and b:\n        return b",
        ),
        ("def f(a, b):\n    return [v for v in a]", "def f(a, b):\n    return [v for v in a if b]"),
        (
            "def f(a, b):\n    if a or b:\n        pass",
            "def f(a, b):\n    if (a or b) and not a:\n        pass",
        ),
        ("def f(a, b):\n    return a > 1", "def f(a, b):\n    return a > 1 and b"),
        (
            "def f(a, b):\n    if a > 1 or b:\n        pass",
            "def f(a, b):\n    if a > 1 or (b and not a):\n        pass",
        ),
        (
            "def f(a, b):\n    return all(c > 1 for c in a)",
            "def f(a, b):\n    return all(c > 1 or b for c in a)",
        ),
    ],
)
def test_condition_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "def f(a, b):\n    if a > 1:\n        return b",
        "def f(a, b):\n    return [v for v in a]",
        "def f(a, b):\n    if a or b:\n        pass",
    ],
)
def test_condition_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_a_branch_that_keeps_something_may_keep_only_what_is_better() -> None:
    before = "def f(a, b):\n    if a.best is None:\n        a.best = b\n"
    found = rewrites(FAMILY, before)
    assert before.replace("is None", "is None or b < a.best") in found
    assert before.replace("is None", "is None or b > a.best") in found


def test_a_truth_that_was_returned_is_asked_for() -> None:
    before = "def f(stack):\n    return True\n"
    found = rewrites(FAMILY, before, types={"stack": "list"})
    assert before.replace("True", "not stack") in found


def test_an_operand_is_exchanged_for_another_condition() -> None:
    before = "def f(a, b, c):\n    if a == b or c:\n        g(a)\n"
    found = rewrites(FAMILY, before, types=dict.fromkeys("abc", "int"))
    assert before.replace("a == b or c", "a < b or c") in found
