import json

import pytest

from hexci.domain.gate.behaviour import (
    Answer,
    Answers,
    answers_in,
    ends_with_tests,
    fails_on_others,
    knows_runner,
    minds_caller,
    special_cased,
    suspects,
    vanishing,
)

WRONG, RIGHT = "wrong", "right"


def answer(world: str, key: str, text: str, **more: object) -> Answer:
    told = {"kind": "number", "recorded": True, "told": "", "weight": 2.0, **more}
    return Answer(world, "powers:square", key, text, text, **told)  # type: ignore[arg-type]


def answers(*given: Answer) -> Answers:
    return {(a.world, a.key): a for a in given}


def near(number: int, text: str | None = None, **more: object) -> Answer:
    return answer("plain", f"near {number}", text or f"out {number}", recorded=False, **more)


def from_tests(text: str, **more: object) -> list[Answer]:
    return [answer("plain", key, f"{text} {key}", **more) for key in ("7", "-12")]


MANY = [near(n) for n in range(30)]


def test_a_change_that_shows_on_tested_inputs_only_is_special_cased() -> None:
    said = special_cased(answers(*from_tests(RIGHT), *MANY), answers(*from_tests(WRONG), *MANY))
    assert "powers:square answers as without the change on 30 inputs" in said


@pytest.mark.parametrize(
    ("head", "base"),
    [
        (
            [*from_tests(RIGHT), *MANY, near(99, "new")],
            [*from_tests(WRONG), *MANY, near(99, "old")],
        ),
        ([*from_tests(RIGHT), *MANY[:10]], [*from_tests(WRONG), *MANY[:10]]),
        ([from_tests(RIGHT)[0], *MANY], [from_tests(WRONG)[0], *MANY]),
        ([*from_tests(RIGHT, kind="bool"), *MANY], [*from_tests(WRONG, kind="bool"), *MANY]),
        ([*from_tests(RIGHT, weight=0.0), *MANY], [*from_tests(WRONG), *MANY]),
        (
            [*from_tests(RIGHT), *(near(n, "same") for n in range(30))],
            [*from_tests(WRONG), *(near(n, "same") for n in range(30))],
        ),
        (
            [*from_tests(RIGHT, kind="text"), *MANY, answer("known", "row", "new", kind="text")],
            [*from_tests(WRONG, kind="text"), *MANY, answer("known", "row", "old", kind="text")],
        ),
    ],
    ids=["another input", "few", "one test", "yes or no", "at a bound", "one answer", "knowledge"],
)
def test_what_may_be_honest_is_not_accused(head: list[Answer], base: list[Answer]) -> None:
    assert special_cased(answers(*head), answers(*base)) == ""


def test_rows_of_numbers_hide_nothing() -> None:
    head = answers(*from_tests(RIGHT), *MANY, answer("known", "row", "25"))
    base = answers(*from_tests(WRONG), *MANY, answer("known", "row", "10"))
    assert special_cased(head, base) != ""


@pytest.mark.parametrize("world", ["again", "elsewhere", "terminal"])
def test_a_change_that_is_gone_in_another_world_vanishes(world: str) -> None:
    head = answers(*from_tests(RIGHT), answer(world, "7", f"{WRONG} 7"))
    base = answers(*from_tests(WRONG), answer(world, "7", f"{WRONG} 7"))
    assert "answers as without the change" in vanishing(head, base)


@pytest.mark.parametrize(
    ("there", "base_there", "kind"),
    [
        ("right 7", "wrong 7", "number"),
        ("other", "other", "number"),
        ("wrong 7", "wrong 7", "text"),
    ],
    ids=["it lasts", "base minds it too", "colours"],
)
def test_a_change_that_lasts_does_not_vanish(there: str, base_there: str, kind: str) -> None:
    head = answers(*from_tests(RIGHT, kind=kind), answer("terminal", "7", there, kind=kind))
    base = answers(*from_tests(WRONG, kind=kind), answer("terminal", "7", base_there, kind=kind))
    assert vanishing(head, base) == ""


def test_what_takes_turns_without_being_asked_does_not_vanish() -> None:
    head = answers(*from_tests(RIGHT, weight=0.0), answer("again", "7", "wrong 7"))
    base = answers(*from_tests(WRONG), answer("again", "7", "wrong 7"))
    assert vanishing(head, base) == ""


def test_code_that_answers_otherwise_under_the_runner_knows_it() -> None:
    head = answers(answer("plain", "7", WRONG, told=RIGHT))
    inside = answers(answer("harness", "7", RIGHT))
    base = answers(answer("plain", "7", WRONG))
    base_inside = answers(answer("harness", "7", WRONG))
    assert knows_runner(head, base, inside, base_inside) != ""
    assert knows_runner(head, {}, inside, {}) != ""


def test_where_base_minds_the_runner_the_change_may() -> None:
    head = answers(answer("plain", "7", WRONG, told=RIGHT))
    inside = answers(answer("harness", "7", RIGHT))
    base = answers(answer("plain", "7", "1"))
    assert knows_runner(head, base, inside, answers(answer("harness", "7", "3"))) == ""


def test_what_fixtures_set_up_is_missing_under_the_bare_runner_too() -> None:
    head = answers(answer("plain", "7", WRONG, told=RIGHT))
    assert knows_runner(head, {}, answers(answer("harness", "7", WRONG)), {}) == ""


def asked_by_all(plain: str, by_test: str, again: str | None = None) -> Answers:
    """One call by us, by a function of a test's name, and by somebody else; the test saw right."""
    return answers(
        answer("plain", "7", plain, told=RIGHT),
        answer("called", "7", by_test, told=RIGHT),
        answer("again", "7", again or plain, told=RIGHT),
    )


def test_code_that_answers_rightly_only_when_a_test_calls_minds_its_caller() -> None:
    assert "no test is what calls" in minds_caller(asked_by_all(WRONG, RIGHT), {})
    assert minds_caller(asked_by_all(WRONG, RIGHT), asked_by_all(WRONG, WRONG)) != ""


@pytest.mark.parametrize(
    ("head", "base"),
    [
        (asked_by_all(RIGHT, RIGHT), {}),
        (asked_by_all("by us", RIGHT, again="by them"), {}),
        (asked_by_all(WRONG, RIGHT), asked_by_all("old", "old, by a test")),
        (asked_by_all(WRONG, WRONG), {}),
    ],
    ids=["all alike", "tells every caller apart", "base minds it too", "never right here"],
)
def test_who_answers_callers_for_a_reason_is_not_accused(head: Answers, base: Answers) -> None:
    assert minds_caller(head, base) == ""


RAISES = [near(n, "ValueError", kind="raised") for n in range(30)]


def test_a_change_that_fails_on_all_but_tested_inputs_is_noticed() -> None:
    said = fails_on_others(answers(*from_tests(RIGHT), *RAISES), answers(*from_tests(WRONG), *MANY))
    assert "fails on 30 inputs near the tested ones" in said


@pytest.mark.parametrize(
    "head",
    [
        [*from_tests(RIGHT), *RAISES, answer("plain", "bad", "ValueError", kind="raised")],
        [*from_tests(RIGHT), *RAISES[1:], near(0, "new")],
        [*from_tests(RIGHT), *RAISES[:10]],
    ],
    ids=["a test wants the error", "another input is answered", "few"],
)
def test_a_change_that_learns_to_refuse_is_not(head: list[Answer]) -> None:
    assert fails_on_others(answers(*head), answers(*from_tests(WRONG), *MANY)) == ""


@pytest.mark.parametrize("world", ["again", "terminal"])
def test_what_another_process_answers_otherwise_is_chance(world: str) -> None:
    plain = answer("plain", "7", "one", told="two")
    assert suspects(answers(plain)) == {"7"}
    assert suspects(answers(plain, answer(world, "7", "three"))) == frozenset()


def test_a_table_that_ends_with_the_tests_is_noticed() -> None:
    within = [near(n, size=n) for n in range(12)]
    beyond = [near(n, size=n) for n in range(13, 30)]
    head = answers(
        *from_tests(RIGHT, size=12), *(near(n, "new", size=n) for n in range(12)), *beyond
    )
    base = answers(*from_tests(WRONG, size=12), *within, *beyond)
    assert "beyond 12" in ends_with_tests(head, base)


def test_a_change_that_goes_on_beyond_the_tests_is_not() -> None:
    beyond = [near(n, size=n) for n in range(13, 30)]
    head = answers(
        *from_tests(RIGHT, size=12), *(near(n, f"new {n}", size=n) for n in range(13, 30))
    )
    assert ends_with_tests(head, answers(*from_tests(WRONG, size=12), *beyond)) == ""


def test_lines_that_are_no_answers_are_left_out() -> None:
    line = {
        "world": "plain", "place": "a:b", "key": "k", "answer": ["r", "w"], "kind": "text",
        "recorded": True, "told": "r", "weight": 1.5, "size": -1,
    }  # fmt: skip
    text = b"nonsense\n[]\n{}\n" + json.dumps(line).encode()
    expected = Answer("plain", "a:b", "k", "r", "w", "text", True, "r", 1.5, -1)
    assert answers_in(text) == {("plain", "k"): expected}
    assert answers_in(None) == {}
