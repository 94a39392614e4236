from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.repair.agreement import Agreement, agreement_of, is_heard

TESTS = st.integers(0, 50)
SCORES = st.floats(1e-6, 1)


def test_patches_that_answer_alike_everywhere_are_unanimous() -> None:
    assert agreement_of([["a", "b"], ["a", "b"]]).unanimous


def test_one_differing_answer_is_enough_to_abstain_and_no_majority_helps() -> None:
    found = agreement_of([["a", "b"], ["a", "b"], ["a", "c"]])
    assert found == Agreement(3, 2, 1)
    assert not found.unanimous


def test_the_shortest_input_on_which_patches_differ_is_the_example() -> None:
    found = agreement_of([["a", "b", "c"], ["a", "x", "y"]], ["f(1)", "f([1, 2])", "f(12)"])
    assert found.example == "f(12)"
    assert found.told == "2 plausible edits differ on 2 of 3 inputs, such as f(12)"
    assert agreement_of([["a"], ["a"]], ["f(1)"]).example == ""


def test_a_lone_patch_agrees_with_itself_and_uncompared_rivals_do_not_agree() -> None:
    assert Agreement(1, 0, 0).unanimous
    assert not Agreement(2, 0, 0).unanimous
    assert not Agreement(2, 0, 0, compared=False).unanimous


@given(SCORES, SCORES, TESTS, TESTS)
def test_a_rival_as_likely_as_the_best_is_heard_however_many_tests_there_are(
    own: float, more: float, failing: int, reaching: int
) -> None:
    assert is_heard(own, own, failing, reaching)
    assert is_heard(max(own, more), own, failing, reaching)


@given(SCORES, SCORES, TESTS, TESTS)
def test_more_tests_never_let_more_rivals_be_heard(
    own: float, best: float, failing: int, reaching: int
) -> None:
    heard = is_heard(own, best, failing, reaching)
    assert heard or not is_heard(own, best, failing + 1, reaching)
    assert heard or not is_heard(own, best, failing, reaching + 1)


def test_a_rival_that_is_far_less_likely_is_not_heard() -> None:
    assert is_heard(0.1, 1.0, 1)
    assert not is_heard(0.09, 1.0, 1)


def test_four_failing_tests_speak_louder_than_a_rival_a_third_as_likely() -> None:
    assert is_heard(0.35, 1.0, 3)
    assert not is_heard(0.35, 1.0, 4)
