import pytest

from hexci.domain.outcome import EXIT_CODES, Outcome, best_of

# the contract, written out again by hand: a change here is a change of the contract
CONTRACT = {
    0: "committed proposed reviewed_clean ok suspended",
    1: "no_change already_green vacuous evidence_failed unproven tampered flaky flapping "
    "findings review_incomplete",
    2: "bad_input",
    3: "denied protected_path",
    4: "budget",
    5: "timeout",
    6: "stale_head conflict",
    7: "model_error infra_error",
}


def test_exit_codes_are_those_of_the_contract() -> None:
    expected = {Outcome(n): code for code, names in CONTRACT.items() for n in names.split()}
    assert dict(EXIT_CODES) == expected


def test_only_what_happened_exits_zero() -> None:
    assert {o for o in Outcome if o.happened} == {
        Outcome.COMMITTED, Outcome.PROPOSED, Outcome.REVIEWED_CLEAN, Outcome.OK,
        Outcome.SUSPENDED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ([], Outcome.NO_CHANGE),
        ([Outcome.NO_CHANGE, Outcome.EVIDENCE_FAILED], Outcome.EVIDENCE_FAILED),
        ([Outcome.EVIDENCE_FAILED, Outcome.UNPROVEN], Outcome.UNPROVEN),
        ([Outcome.TIMEOUT, Outcome.MODEL_ERROR], Outcome.TIMEOUT),
    ],
)
def test_a_run_ends_with_the_best_outcome_reached(tried: list[Outcome], expected: Outcome) -> None:
    assert best_of(tried) is expected
