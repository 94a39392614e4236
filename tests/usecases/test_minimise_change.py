from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.gates import FakeGate, fake_gate, run_of
from fakes.repositories import commit, git

from hexci.domain.evidence import EvidenceRun, EvidenceSpec, TestStatus
from hexci.domain.gate.minimised import Minimised
from hexci.domain.plan import Mode
from hexci.errors import BadInputError
from hexci.ports.rooms import Room
from hexci.usecases.gate_change import gate_change
from hexci.usecases.hearing import RedRuns, Terms
from hexci.usecases.minimise_change import minimise_change

BASE = "a = 0\n\n\n\nb = 0\n\n\n\nc = 0\n"
TESTS = "def test_a():\n    assert True\n\ndef test_old():\n    assert True\n"


def evidence(room: Room) -> EvidenceRun:
    """`a` is what the red test needs; without `b`, another that was green breaks."""
    text = room.read("calc.py") or b""
    negated = b"negated by hexci" in (room.read("tests/test_calc.py") or b"")
    has_a, has_b = b"a = 1" in text and not negated, b"b = 1" in text
    old = has_b or not has_a or b"alone" in text
    return run_of(
        {
            "tests/test_calc.py::test_a": TestStatus.PASSED if has_a else TestStatus.FAILED,
            "tests/test_calc.py::test_old": TestStatus.PASSED if old else TestStatus.FAILED,
        }
    )


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[FakeGate]:
    files = {"calc.py": BASE, "alone.py": "", "tests/test_calc.py": TESTS}
    with fake_gate(tmp_path / "repo", files, evidence) as made:
        yield made


def minimised(
    gate: FakeGate, files: dict[str, str], *, mode: Mode = Mode.FIX, deadline: float = 1.0
) -> Minimised:
    commit(gate.repo, files)
    head = git(gate.repo, "rev-parse", "HEAD^{tree}")
    terms = Terms(EvidenceSpec(gate.command), mode)
    reds = RedRuns(terms, rooms=gate.bench.rooms, runner=gate.runner)
    change = gate.bench.objects.change(gate.base_tree, head)
    verdict = gate_change(change, terms=replace(terms, mode=Mode.FIX), bench=gate.bench, reds=reds)
    assert verdict.accepted
    return minimise_change(
        change, verdict, terms=terms, bench=gate.bench, reds=reds, deadline=deadline
    )


def content(gate: FakeGate, found: Minimised, path: str) -> bytes | None:
    return gate.bench.objects.read(found.verdict.tree, path)


def test_hunks_and_files_that_no_test_needs_are_dropped(gate: FakeGate) -> None:
    wide = BASE.replace("a = 0", "a = 1  # alone").replace("c = 0", "c = 1")
    found = minimised(gate, {"calc.py": wide, "new.py": "x = 1\n"})
    assert found.change.paths == ("calc.py",)
    assert content(gate, found, "calc.py") == BASE.replace("a = 0", "a = 1  # alone").encode()
    assert (found.before, found.after, found.complete) == (3, 1, True)
    assert found.verdict.accepted


def test_a_hunk_is_cut_to_its_needed_line(gate: FakeGate) -> None:
    found = minimised(gate, {"calc.py": BASE.replace("a = 0", "a = 1  # alone\nd = 2\ne = 3")})
    assert content(gate, found, "calc.py") == BASE.replace("a = 0", "a = 1  # alone").encode()
    assert found.by_line


def test_what_other_tests_need_is_kept_though_the_red_one_does_not(gate: FakeGate) -> None:
    both = BASE.replace("a = 0", "a = 1").replace("b = 0", "b = 1").replace("c = 0", "c = 1")
    found = minimised(gate, {"calc.py": both})
    wanted = BASE.replace("a = 0", "a = 1").replace("b = 0", "b = 1")
    assert content(gate, found, "calc.py") == wanted.encode()
    assert (found.before, found.after) == (3, 2)


def test_out_of_time_the_change_stays_as_it_is_and_that_is_said(gate: FakeGate) -> None:
    wide = BASE.replace("a = 0", "a = 1  # alone").replace("c = 0", "c = 1")
    found = minimised(gate, {"calc.py": wide}, deadline=-1.0)
    assert content(gate, found, "calc.py") == wide.encode()
    assert (found.complete, found.runs) == (False, 0)


def test_minimising_twice_finds_the_same_and_then_nothing_more(gate: FakeGate) -> None:
    wide = BASE.replace("a = 0", "a = 1  # alone").replace("c = 0", "c = 1")
    first = minimised(gate, {"calc.py": wide})
    again = minimised(gate, {"calc.py": wide + "# more\n"})
    assert first.verdict.tree == again.verdict.tree


def test_python_that_does_not_parse_costs_no_run(gate: FakeGate) -> None:
    block = "if a:\n    a = 1  # alone"
    found = minimised(gate, {"calc.py": BASE.replace("a = 0", f"a = 0\n{block}")})
    # the `if` alone does not parse, its body alone neither: only both can be tried
    assert content(gate, found, "calc.py") == BASE.replace("a = 0", f"a = 0\n{block}").encode()
    assert found.runs == 0


def test_a_refactoring_cannot_be_minimised(gate: FakeGate) -> None:
    with pytest.raises(BadInputError, match="refactoring"):
        minimised(gate, {"calc.py": BASE.replace("a = 0", "a = 1  # alone")}, mode=Mode.REFACTOR)
