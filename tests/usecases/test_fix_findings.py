"""Each finding becomes a plan of its own: red test first, then the loop that every change takes."""

from dataclasses import replace

from fakes.plans import plan_for
from fakes.ports import FakeClock, FakeCommits, FakeObjects, FakeProgress, tree_word

from hexci.domain.evidence import Account, EvidenceRun, EvidenceSpec, TestResult, TestStatus
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode, Plan
from hexci.domain.review.claim import Claim
from hexci.domain.review.fix import Fix
from hexci.domain.run_result import RunResult
from hexci.ports.lens import Scene
from hexci.usecases.fix_findings import Workshop, fix_findings

MEAN = Claim("crashes", "mean breaks", "a.py", 1, "ZeroDivisionError", "def test(): mean([])")
LAST = Claim("crashes", "last breaks", "a.py", 1, "IndexError", "def test(): last([])")
ACCOUNT = Account("pytest", (TestResult("tests/test_a.py::test", TestStatus.PASSED),))
GREEN = EvidenceRun(0, "", 1.0, "none", ACCOUNT)
BASE = tree_word({"a.py": b"code", "tests/test_a.py": b"test"})


def fixed(*ends: Outcome, deadline: float = 100.0) -> tuple[tuple[Fix, ...], list[Plan], list[str]]:
    """What became of two findings whose runs end so; the plans that ran, and commits made."""
    plans: list[Plan] = []

    def perform(plan: Plan) -> RunResult:
        plans.append(plan)
        return RunResult(f"run{len(plans)}", plan, ends[len(plans) - 1], branch="hex/auto/run")

    plan = replace(plan_for("review ."), mode=Mode.REFACTOR, base_tree=BASE)
    scene = Scene(BASE, EvidenceSpec("pytest"), GREEN, deadline, {"a.py": frozenset()})
    commits = FakeCommits()
    workshop = Workshop(FakeObjects(), commits, FakeClock(), FakeProgress(), perform)
    return fix_findings([MEAN, LAST], plan, scene, workshop), plans, commits.messages


def test_the_reproducer_is_the_base_of_the_fix_and_sits_where_tests_do() -> None:
    _, plans, messages = fixed(Outcome.COMMITTED, Outcome.COMMITTED)
    first = plans[0]
    assert (first.mode, first.base_commit) == (Mode.FIX, "commit1")
    assert FakeObjects().read(first.base_tree, "tests/test_a_mean_breaks.py") is not None
    assert messages[0].startswith("Show that mean breaks\n")


def test_every_finding_starts_from_the_reviewed_tree() -> None:
    _, plans, _ = fixed(Outcome.UNPROVEN, Outcome.COMMITTED)
    assert "tests/test_a_mean_breaks.py" not in FakeObjects().files(plans[1].base_tree)


def test_only_what_the_gate_took_has_landed() -> None:
    fixes, _, _ = fixed(Outcome.UNPROVEN, Outcome.COMMITTED)
    assert [fix.landed for fix in fixes] == [False, True]


def test_a_gate_that_does_not_run_the_reproducer_is_told() -> None:
    fixes, _, _ = fixed(Outcome.ALREADY_GREEN, Outcome.COMMITTED)
    assert "does not run the reproducer" in fixes[0].reason


def test_without_time_nothing_is_tried() -> None:
    fixes, plans, _ = fixed(deadline=0.0)
    assert ([fix.outcome for fix in fixes], plans) == ([Outcome.TIMEOUT] * 2, [])
