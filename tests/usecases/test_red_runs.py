"""A run without the change, where tests seem to be endless."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from fakes.yards import YardRooms, word

from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec, TestResult, TestStatus
from hexci.domain.gate.endless import KIND, LONGER, PATIENCE
from hexci.domain.plan import Mode
from hexci.ports.rooms import Room
from hexci.usecases.hearing import RedRuns, Terms

TREE = word({"kit.py": b"slow = True\n"})


@dataclass
class SlowTests:
    """Tests that take so many seconds of processor time each; those over the patience fail."""

    seconds: Mapping[str, float]
    asked: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        self.asked.append((evidence.patience, tuple(only)))
        tests = tuple(self._result(t, evidence.patience) for t in only or self.seconds)
        failed = any(test.status is TestStatus.FAILED for test in tests)
        return EvidenceRun(int(failed), "", 0.1, "none", Account("pytest", tests))

    def _result(self, test: str, patience: float) -> TestResult:
        seconds = self.seconds[test]
        if patience and seconds > patience:
            return TestResult(test, TestStatus.FAILED, seconds=patience, kind=KIND)
        return TestResult(test, TestStatus.PASSED, seconds=seconds)

    def can_select(self, evidence: EvidenceSpec) -> bool:
        return True


def red_of(tests: SlowTests, mode: Mode = Mode.FIX) -> EvidenceRun:
    terms = replace(Terms(EvidenceSpec("pytest")), mode=mode)
    return RedRuns(terms, rooms=YardRooms(), runner=tests).of(TREE)


def test_what_is_endless_is_red_after_a_second_look_at_two_of_it() -> None:
    tests = SlowTests({"a": 9e9, "b": 9e9, "c": 9e9, "quick": 0.1})
    assert not red_of(tests).green
    assert tests.asked == [(PATIENCE, ()), (PATIENCE * LONGER, ("a", "b"))]


@pytest.mark.parametrize("slow", [{"b": PATIENCE * 2}, {"b": PATIENCE * 2, "c": 9e9}])
def test_what_was_only_slow_is_run_as_long_as_it_takes(slow: dict[str, float]) -> None:
    tests = SlowTests({"a": 0.1, **slow})
    assert red_of(tests).green
    assert tests.asked[-1] == (0.0, ())


def test_quick_tests_are_run_once() -> None:
    tests = SlowTests({"a": 0.1})
    assert red_of(tests).green
    assert tests.asked == [(PATIENCE, ())]


@pytest.mark.parametrize("mode", [Mode.FEATURE, Mode.REFACTOR])
def test_only_before_a_fix_is_anything_ended_early(mode: Mode) -> None:
    tests = SlowTests({"a": 9e9})
    red_of(tests, mode)
    assert tests.asked == [(0.0, ())]
