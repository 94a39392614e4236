from hexci.domain.evidence import Account, EvidenceRun, TestResult, TestStatus
from hexci.domain.gate.endless import KIND, PATIENCE, patience_to_be_sure, presumed_endless


def run_of(*tests: TestResult) -> EvidenceRun:
    return EvidenceRun(1, "", 1.0, "none", Account("pytest", tests))


HUNG = TestResult("t::hangs", TestStatus.FAILED, kind=KIND)
WRONG = TestResult("t::wrong", TestStatus.FAILED, kind="AssertionError")


def test_only_what_the_runner_ended_is_presumed_endless() -> None:
    assert presumed_endless(run_of(HUNG, WRONG)) == {"t::hangs"}
    assert presumed_endless(EvidenceRun(1, "", 1.0, "none")) == frozenset()


def test_a_test_that_is_quick_with_the_change_hung_without_it() -> None:
    green = run_of(TestResult("t::hangs", TestStatus.PASSED, seconds=0.01))
    assert patience_to_be_sure(run_of(HUNG), green) == 0.0


def test_a_test_that_takes_long_with_the_change_may_only_have_been_slow() -> None:
    green = run_of(TestResult("t::hangs", TestStatus.PASSED, seconds=PATIENCE))
    assert patience_to_be_sure(run_of(HUNG), green) == 10 * PATIENCE


def test_how_long_other_tests_take_says_nothing() -> None:
    green = run_of(
        TestResult("t::hangs", TestStatus.PASSED, seconds=0.01),
        TestResult("t::wrong", TestStatus.PASSED, seconds=90.0),
    )
    assert patience_to_be_sure(run_of(HUNG, WRONG), green) == 0.0
