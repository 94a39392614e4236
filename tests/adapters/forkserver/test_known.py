from hexci.adapters.forkserver.known import KnownTests
from hexci.domain.evidence import Account, TestResult, TestStatus
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.suspicion import Line
from hexci.domain.repair.unit import CompiledUnit

TESTS = ("t.py::slow", "t.py::quick", "t.py::good", "t.py::other")


def _known() -> KnownTests:
    failed = [TestResult(test, TestStatus.FAILED) for test in TESTS[:2]]
    passed = [TestResult(test, TestStatus.PASSED) for test in TESTS[2:]]
    known = KnownTests(TESTS, Account("pytest", (*failed, *passed)))
    known.settle(
        {TESTS[0]: (False, 20.0), TESTS[1]: (False, 0.1)},
        {TESTS[2]: (True, 0.1), TESTS[3]: (True, 0.1)},
    )
    return known


def _patch(path: str, *lines: int) -> Patch:
    units = tuple(CompiledUnit(path, "f", line, line + 2, "", "") for line in lines)
    return Patch(((path, ()),), {path: b""}, units or None, "", "", 1, 1.0, False, "")


def _ran(**lines: set[Line]) -> dict[str, frozenset[Line]]:
    return {f"t.py::{name}": frozenset(own) for name, own in lines.items()}


def test_the_cheapest_failing_test_comes_first() -> None:
    assert _known().failing == [TESTS[1], TESTS[0]]


def test_tests_that_wait_are_tried_side_by_side_and_those_that_work_are_not() -> None:
    known = _known()
    known.note_processor({TESTS[0]: 19.0, TESTS[1]: 0.1})
    assert known.waiting == 1
    known.note_processor({TESTS[0]: 0.1, TESTS[1]: 0.1})
    assert known.waiting > 1


def test_a_test_that_waits_is_given_little_processor_time() -> None:
    known = _known()
    known.note_processor({TESTS[0]: 0.1})
    assert known.limits(1.0, [TESTS[0]])["limits"] == {TESTS[0]: 0.53}
    assert known.limits(2.0, [TESTS[1]])["limits"] == {TESTS[1]: 1.06}


def test_only_passing_tests_that_run_the_patched_function_concern_it() -> None:
    known = _known()
    known.note_lines(_ran(good={("a.py", 3)}, other={("a.py", 9), ("b.py", 3)}))
    assert known.concerned(_patch("a.py", 2)) == [TESTS[2]]
    assert known.concerned(_patch("a.py", 2, 8)) == [TESTS[2], TESTS[3]]
    assert known.concerned(_patch("b.py")) == [TESTS[3]]


def test_a_passing_test_that_was_not_traced_may_concern_every_patch() -> None:
    known = _known()
    known.note_lines(_ran(good={("a.py", 3)}))
    assert known.concerned(_patch("c.py", 1)) == [TESTS[3]]


def test_the_quickest_tests_of_a_file_are_found() -> None:
    known = _known()
    known.note_lines(_ran(good={("a.py", 3)}, other={("b.py", 9)}))
    assert known.quickest("b.py", 1) == [TESTS[3]]


def test_what_an_endless_test_took_says_nothing_of_a_right_patch() -> None:
    failed = [
        TestResult(TESTS[0], TestStatus.FAILED, "Failed: Timeout >3.0s", 3.0, "Failed"),
        TestResult(TESTS[1], TestStatus.FAILED, "assert 1 == 2", 3.0, "AssertionError"),
    ]
    known = KnownTests(TESTS, Account("pytest", (*failed, TestResult(TESTS[2], TestStatus.PASSED))))
    assert known.endless == {TESTS[0]}
    assert known.first_limits["limits"] == {TESTS[1]: 6.0}
    known.settle({TESTS[1]: (False, 3.0)}, {TESTS[2]: (True, 0.002)})
    assert known.failing == [TESTS[1], TESTS[0]]
    assert known.limits(1.0, TESTS[:2])["limits"] == {TESTS[0]: 0.03, TESTS[1]: 15.03}


def test_the_test_that_a_red_run_died_in_is_the_failing_one() -> None:
    passed = [TestResult(test, TestStatus.PASSED) for test in TESTS[1:]]
    assert KnownTests(TESTS, Account("pytest", tuple(passed))).failing == [TESTS[0]]
