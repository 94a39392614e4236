from hexci.domain.repair.proposal import Crash
from hexci.domain.repair.suspicion import TestTrace, Trace, suspicion

ONE, TWO, THREE = ("a.py", 1), ("a.py", 2), ("a.py", 3)


def test_lines_that_only_failing_tests_run_are_the_most_suspect() -> None:
    trace = Trace(
        (
            TestTrace("bad", True, frozenset({ONE, TWO})),
            TestTrace("good", False, frozenset({ONE, THREE})),
        )
    )
    scores = suspicion(trace)
    assert scores[TWO] == 1.0
    assert 0 < scores[ONE] < 1.0
    assert THREE not in scores


def test_the_place_of_a_crash_is_lifted_and_that_of_an_assertion_is_not() -> None:
    tests = (
        TestTrace("bad", True, frozenset({ONE, TWO})),
        TestTrace("good", False, frozenset({ONE, TWO})),
    )
    crashed = suspicion(Trace(tests, (Crash("bad", "KeyError", "'x'", (ONE, TWO)),)))
    said_no = suspicion(Trace(tests, (Crash("bad", "AssertionError", "", (ONE, TWO)),)))
    assert crashed[TWO] > crashed[ONE] > said_no[ONE]
    assert said_no[ONE] == said_no[TWO]
