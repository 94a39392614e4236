from hexci.domain.repair.proposal import Crash
from hexci.domain.repair.suspicion import TestTrace, Trace, count_reaching, favour_newest, suspicion

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


def test_a_new_line_is_more_suspect_than_an_old_one_and_no_score_is_above_the_highest() -> None:
    scores = favour_newest({ONE: 1.0, TWO: 1.0, THREE: 0.5}, {"a.py": frozenset({2, 3})})
    assert 1.0 == scores[TWO] > scores[ONE] > scores[THREE]


def test_where_all_lines_are_new_or_none_is_nothing_changes() -> None:
    scores = {ONE: 1.0, TWO: 0.5}
    assert favour_newest(scores, {"a.py": frozenset({1, 2, 9})}) == scores
    assert favour_newest(scores, {"b.py": frozenset({1})}) == scores


def test_a_line_within_a_statement_is_reached_by_what_ran_the_beginning_of_it() -> None:
    tests = (
        TestTrace("bad", True, frozenset({ONE, TWO})),
        TestTrace("good", False, frozenset({ONE})),
    )
    assert count_reaching(Trace(tests), ONE) == 2
    assert count_reaching(Trace(tests), TWO) == count_reaching(Trace(tests), THREE) == 1
    assert count_reaching(Trace(tests), ("b.py", 9)) == count_reaching(Trace(()), ONE) == 0
