from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.gates import FakeGate, fake_gate, run_of
from fakes.models import EVERYTHING

from hexci.domain.evidence import EvidenceRun, EvidenceSpec, TestStatus
from hexci.domain.law.limits import Ceiling
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode
from hexci.domain.verdict import Step
from hexci.ports.rooms import Room
from hexci.usecases.enforce_law import LawGateway
from hexci.usecases.gate_change import check_red
from hexci.usecases.hearing import RedRuns, Terms
from hexci.usecases.hold_court import RunCourt

BROKEN = "def add(a, b):\n    return a - b\n"
FIXED = "def add(a, b):\n    return a + b\n"
TESTS = "from calc import add\n\ndef test_add():\n    assert add(1, 2) == 3\n"


def verdict_of_code(room: Room) -> EvidenceRun:
    negated = b"negated by hexci" in (room.read("tests/test_calc.py") or b"")
    fixed = b"a + b" in (room.read("calc.py") or b"") and not negated
    statuses = {
        "tests/test_calc.py::test_add": TestStatus.PASSED if fixed else TestStatus.FAILED,
        "tests/test_calc.py::test_other": TestStatus.PASSED,
    }
    if room.read("tests/test_new.py"):
        negated = b"negated by hexci" in (room.read("tests/test_new.py") or b"")
        right = fixed and not negated
        statuses["tests/test_new.py::test_add"] = TestStatus.PASSED if right else TestStatus.FAILED
    return run_of(statuses)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[FakeGate]:
    files = {"calc.py": BROKEN, "tests/test_calc.py": TESTS, "pyproject.toml": "[project]\n"}
    with fake_gate(tmp_path / "repo", files, verdict_of_code) as made:
        yield made


def test_a_fix_that_turns_red_to_green_is_accepted(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": FIXED})
    assert verdict.outcome is Outcome.OK
    assert verdict.fail_to_pass == ("tests/test_calc.py::test_add",)


def test_a_change_that_leaves_the_test_red_is_refused_with_its_name(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": BROKEN + "# looked at\n"})
    assert verdict.outcome is Outcome.EVIDENCE_FAILED
    assert "FAILED tests/test_calc.py::test_add" in verdict.feedback


def test_an_edited_test_is_refused_before_anything_runs(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": FIXED, "tests/test_calc.py": "def test_add(): pass\n"})
    assert verdict.outcome is Outcome.PROTECTED_PATH
    assert gate.runner.runs == []


def test_caches_are_dropped_from_the_tree_that_lands(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": FIXED, "__pycache__/calc.cpython-311.pyc": b"\0evil"})
    assert verdict.outcome is Outcome.OK
    assert "__pycache__/calc.cpython-311.pyc" not in gate.bench.objects.files(verdict.tree)


def test_caches_refuse_a_change_that_is_judged_as_it_stands(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": FIXED, "__pycache__/calc.cpython-311.pyc": b"x"}, exact=True)
    assert verdict.outcome is Outcome.PROTECTED_PATH


def test_a_feature_is_red_on_base_with_its_new_tests(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": FIXED, "tests/test_new.py": TESTS}, mode=Mode.FEATURE)
    assert verdict.outcome is Outcome.OK
    assert "tests/test_new.py::test_add" in verdict.fail_to_pass


def test_a_command_that_cannot_fail_is_vacuous(gate: FakeGate) -> None:
    verdict = gate.judge({"calc.py": FIXED}, command="pytest -q || true")
    assert verdict.outcome is Outcome.VACUOUS
    assert [s.step for s in verdict.steps] == [Step.POLICY, Step.PROTECTED, Step.VACUITY]


def test_green_on_base_ends_a_fix_before_it_begins(tmp_path: Path) -> None:
    with fake_gate(tmp_path / "r", {"calc.py": FIXED}, verdict_of_code) as gate:
        terms = Terms(EvidenceSpec("pytest"))
        run, refusal = RunCourt(gate.base_tree, terms=terms, bench=gate.bench).red()
    assert run is not None
    assert refusal is not None
    assert refusal.outcome is Outcome.ALREADY_GREEN


def test_red_is_paid_once_for_several_candidates(gate: FakeGate) -> None:
    terms = Terms(EvidenceSpec("pytest"))
    reds = RedRuns(terms, rooms=gate.bench.rooms, runner=gate.runner)
    assert check_red(gate.base_tree, terms=terms, reds=reds).outcome is None
    gate.judge({"calc.py": BROKEN + "\n"}, reds=reds)
    assert len(gate.runner.runs) == 2  # red, then green of the candidate


def test_a_change_beyond_its_limits_is_not_judged_and_a_refused_one_is_not_charged(
    gate: FakeGate,
) -> None:
    terms = Terms(EvidenceSpec("pytest"))
    law = LawGateway(EVERYTHING, Ceiling(files=1, lines=4))
    court = RunCourt(gate.base_tree, terms=terms, bench=gate.bench, law=law)
    objects = gate.bench.objects
    right, wrong = FIXED.encode(), (BROKEN + "\n").encode()
    large = objects.overlay(gate.base_tree, {"calc.py": right, "more.py": b"x = 1\n"})
    said = court.judge(large)
    assert (said.outcome, gate.runner.runs) == (Outcome.BUDGET, [])
    assert "max_files 1: 1 left, 2 could be used" in said.feedback
    refused = court.judge(objects.overlay(gate.base_tree, {"calc.py": wrong}))
    assert (refused.accepted, law.used.files) == (False, 0)
    assert court.judge(objects.overlay(gate.base_tree, {"calc.py": right})).accepted
    assert (law.used.files, law.left().files) == (1, 0)
