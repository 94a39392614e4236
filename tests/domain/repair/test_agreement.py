import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.repair.agreement import (
    UNKNOWN,
    Agreement,
    agreement_of,
    is_heard,
    likelihood,
    share_altered,
)

SHARES = st.floats(0, 1)
SCORES = st.floats(1e-6, 1)


def test_patches_that_answer_alike_everywhere_are_unanimous() -> None:
    assert agreement_of([["a", "b"], ["a", "b"]]).unanimous


def test_one_differing_answer_is_enough_to_abstain_and_no_majority_helps() -> None:
    found = agreement_of([["a", "b"], ["a", "b"], ["a", "c"]])
    assert found == Agreement(3, 2, 1)
    assert not found.unanimous


def test_a_lone_patch_agrees_with_itself_and_uncompared_rivals_do_not_agree() -> None:
    assert Agreement(1, 0, 0).unanimous
    assert not Agreement(2, 0, 0).unanimous
    assert not Agreement(2, 0, 0, compared=False).unanimous


@pytest.mark.parametrize(("after", "share"), [("abc", 0.0), ("xbc", 1 / 3), ("xyz", 1.0)])
def test_the_share_that_is_altered_counts_other_answers(after: str, share: float) -> None:
    assert share_altered("abc", after) == share


def test_inputs_without_an_answer_do_not_count_as_altered() -> None:
    assert share_altered(["a", UNKNOWN, "c"], ["a", "b", "x"]) == 0.5
    assert share_altered([UNKNOWN], ["a"]) == share_altered([], []) == 0.0


@given(SCORES, SHARES, SHARES)
def test_of_two_that_are_equal_else_the_one_that_alters_less_is_likelier(
    score: float, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    assert likelihood(score, less) >= likelihood(score, more)


@given(SCORES, SHARES, SCORES, st.integers(0, 50))
def test_a_rival_as_likely_as_the_best_is_heard_however_many_tests_fail(
    score: float, altered: float, other: float, failing: int
) -> None:
    own = likelihood(score, altered)
    assert is_heard(own, own, failing)
    assert is_heard(max(own, other), own, failing)


@given(SCORES, SCORES, st.integers(0, 50))
def test_more_failing_tests_never_let_more_rivals_be_heard(
    own: float, best: float, failing: int
) -> None:
    assert is_heard(own, best, failing) or not is_heard(own, best, failing + 1)


def test_a_rival_that_is_far_less_likely_is_not_heard() -> None:
    assert not is_heard(likelihood(0.05, 0.2), likelihood(0.5, 0.2), 1)
    assert not is_heard(likelihood(0.5, 0.9), likelihood(0.5, 0.2), 1)
    assert is_heard(likelihood(0.3, 0.2), likelihood(0.5, 0.2), 1)


def test_three_failing_tests_speak_louder_than_a_rival_half_as_likely() -> None:
    assert is_heard(0.5, 1.0, 2)
    assert not is_heard(0.5, 1.0, 3)
