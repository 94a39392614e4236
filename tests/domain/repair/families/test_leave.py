import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.leave import FAMILY

LOOP = "def f(a):\n    for b in a:\n        if b:\n            {}\n        print(b)\n    return a\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("continue", "break"),
        ("break", "continue"),
        ("break", "return a"),
        ("pass", "continue"),
        ("pass", "return a"),
        ("return b", "break"),
        ("return b", "continue"),
    ],
)
def test_leave_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert LOOP.format(after) in rewrites(FAMILY, LOOP.format(before))


def test_what_stands_in_no_loop_is_left_alone_but_for_the_return() -> None:
    assert rewrites(FAMILY, "def f(a):\n    return a\n") == []
    assert rewrites(FAMILY, "if a:\n    pass\n") == []


def test_a_generator_ends_without_a_value() -> None:
    before = "def f(a):\n    for b in a:\n        if b:\n            break\n        yield b\n"
    assert before.replace("break", "return") in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    ("condition", "value"), [("g(b)", "True"), ("g(b)", "g(b)"), ("not g(b)", "False")]
)
def test_a_loop_is_left_with_an_answer_only_if_there_is_one(condition: str, value: str) -> None:
    after = f"if {condition}:\n                return {value}"
    assert LOOP.format(after) in rewrites(FAMILY, LOOP.format("return g(b)"))
