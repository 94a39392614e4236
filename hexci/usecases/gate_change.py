"""The gate: may this change land? Steps run cheapest first and stop at the first refusal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from hexci.domain.change import Change, ChangeKind
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.gate.account import fail_to_pass, judge_green, judge_red
from hexci.domain.gate.conventions import conventions_of
from hexci.domain.gate.feedback import feedback_of
from hexci.domain.gate.honest import judge_honest, pairs_in
from hexci.domain.gate.naming import files_of
from hexci.domain.gate.policy import judge_policy
from hexci.domain.gate.probes import judge_probes
from hexci.domain.gate.protected import Sorting, judge_protected, sort_change
from hexci.domain.gate.ruling import passed, refused, unavailable
from hexci.domain.gate.surface import Conventions, Role, role_of
from hexci.domain.gate.vacuity import judge_vacuity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode, PathRules
from hexci.domain.verdict import Step, StepResult, StepStatus, Verdict
from hexci.ports.clock import Clock
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms
from hexci.ports.runner import EvidenceRunner
from hexci.ports.witness import Witness
from hexci.usecases.prove_change import Proof, repeat_tests, run_probes
from hexci.usecases.witness_change import ask_tests, witness_change


@dataclass(frozen=True, slots=True)
class Terms:
    """What is judged by: all of it from argv or the base commit, never from the change.

    `require_account` refuses evidence whose runner reports no test. `exact` refuses to drop
    by-products (caches) from the change: the tree is judged as it stands.
    """

    evidence: EvidenceSpec
    mode: Mode = Mode.FIX
    paths: PathRules = field(default_factory=PathRules)
    require_account: bool = True
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """The ports the gate works with; without a `witness` one probe cannot run."""

    objects: Objects
    rooms: Rooms
    runner: EvidenceRunner
    clock: Clock
    progress: Progress
    witness: Witness | None = None


class RedRuns:
    """Runs without the change, each tree's paid for once: best-of-N shares it."""

    def __init__(self, evidence: EvidenceSpec, *, rooms: Rooms, runner: EvidenceRunner) -> None:
        self._evidence = evidence
        self._rooms = rooms
        self._runner = runner
        self._known: dict[str, EvidenceRun] = {}

    def of(self, tree: str) -> EvidenceRun:
        """The run of the evidence on `tree`, executed now or remembered."""
        if tree not in self._known:
            with self._rooms.clone(tree) as room:
                self._known[tree] = self._runner.run(self._evidence, room)
        return self._known[tree]

    def known(self, tree: str) -> EvidenceRun | None:
        """The run on `tree` if it was executed already."""
        return self._known.get(tree)


@dataclass(slots=True)
class Hearing:
    """One judgement under way: what the steps have found so far."""

    change: Change
    terms: Terms
    bench: Bench
    reds: RedRuns
    conventions: Conventions
    sorting: Sorting
    tree: str
    red_tree: str
    red: EvidenceRun | None = None
    green: EvidenceRun | None = None
    again: EvidenceRun | None = None
    fail_to_pass: tuple[str, ...] = ()

    def evidence_files(self) -> frozenset[str]:
        """The test files that the change turned green; every test file when no id names one."""
        listing = self.bench.objects.files(self.tree)
        return files_of(self.fail_to_pass, listing) or self.test_files()

    def test_files(self) -> frozenset[str]:
        """Every test file of the tree that would land."""
        listing = self.bench.objects.files(self.tree)
        return frozenset(p for p in listing if role_of(p, self.conventions) is Role.TEST)


# Tests of a refactoring that are negated, to see that the harness still works.
_SAMPLE = 10

Trial = tuple[Step, Callable[[Hearing], StepResult]]


def check_red(base_tree: str, *, terms: Terms, reds: RedRuns) -> StepResult:
    """Whether the run is worth starting: the command can fail, and on base it does.

    In `feature` mode only the command is judged; its red run needs the tests of the change.
    """
    vacuity = judge_vacuity(terms.evidence.command)
    if vacuity.refused or terms.mode is Mode.FEATURE:
        return vacuity
    return judge_red(reds.of(base_tree), terms.mode, require_account=terms.require_account)


def gate_change(
    change: Change,
    *,
    terms: Terms,
    bench: Bench,
    reds: RedRuns | None = None,
    trials: Sequence[Trial] | None = None,
) -> Verdict:
    """The verdict on `change`. `reds` shares runs on base; `trials` are the steps to take."""
    reds = reds or RedRuns(terms.evidence, rooms=bench.rooms, runner=bench.runner)
    hearing = open_hearing(change, terms, bench, reds)
    steps: list[StepResult] = []
    for step, try_step in TRIALS if trials is None else trials:
        bench.progress.stage("gate", step.value)
        begun = bench.clock.monotonic()
        result = try_step(hearing)
        steps.append(replace(result, seconds=bench.clock.monotonic() - begun))
        if result.refused:
            break
    return _close(hearing, tuple(steps))


def refusal_of(step: StepResult, tree: str, run: EvidenceRun | None) -> Verdict:
    """The verdict when one step, taken alone, already ends the run."""
    return Verdict(
        outcome=step.outcome or Outcome.INFRA_ERROR,
        tree=tree,
        steps=(step,),
        feedback=feedback_of(step, run),
        red=run,
        isolation=run.isolation if run else "",
    )


def try_policy(hearing: Hearing) -> StepResult:
    """Step 1."""
    change = hearing.change
    if not hearing.terms.exact:
        dropped = set(hearing.sorting.byproducts)
        change = replace(change, files=tuple(f for f in change.files if f.path not in dropped))
    base = hearing.bench.objects.files(change.base_tree)
    return judge_policy(change, hearing.terms.paths, base)


def try_protected(hearing: Hearing) -> StepResult:
    """Step 2."""
    if hearing.terms.exact and hearing.sorting.byproducts:
        path = hearing.sorting.byproducts[0]
        return refused(Step.PROTECTED, Outcome.PROTECTED_PATH, f"{path}: is a cache, not source")
    return judge_protected(hearing.sorting)


def try_vacuity(hearing: Hearing) -> StepResult:
    """Step 3."""
    return judge_vacuity(hearing.terms.evidence.command)


def try_red(hearing: Hearing) -> StepResult:
    """Step 4, on base plus the tests that the mode lets in."""
    hearing.red = hearing.reds.of(hearing.red_tree)
    return judge_red(hearing.red, hearing.terms.mode, require_account=hearing.terms.require_account)


def try_green(hearing: Hearing) -> StepResult:
    """Step 5, on the tree that would land."""
    hearing.green = _run(hearing, hearing.tree)
    if hearing.red is None:
        return unavailable(Step.GREEN, "there is no run without the change to compare with")
    hearing.fail_to_pass = fail_to_pass(hearing.red, hearing.green)
    by_path = hearing.change.by_path
    return judge_green(
        hearing.red,
        hearing.green,
        hearing.terms.mode,
        require_account=hearing.terms.require_account,
        moved=any(by_path[p].kind is not ChangeKind.ADDED for p in hearing.sorting.tests),
    )


def try_proven(hearing: Hearing) -> StepResult:
    """Step 6: the evidence must notice when the change is taken back, broken or contradicted."""
    proof = _proof_of(hearing)
    if proof is None:
        return unavailable(Step.PROVEN, "there is no green run to prove")
    more = [partial(witness_change, witness=hearing.bench.witness)]
    if hearing.terms.mode is Mode.FEATURE:
        more.append(partial(ask_tests, witness=hearing.bench.witness))
    reverting = hearing.terms.mode is not Mode.REFACTOR
    ended, hearing.again = run_probes(proof, reverting=reverting, more=more)
    return judge_probes(ended)


def try_stable(hearing: Hearing) -> StepResult:
    """Step 7: the tests alone, again and again, in other orders."""
    proof = _proof_of(hearing)
    if proof is None or hearing.terms.mode is Mode.REFACTOR:
        return passed(Step.STABLE, "a refactoring turns no test green")
    runs = repeat_tests(proof, hearing.again or proof.run(proof.tree, shuffle=1))
    unsteady = set(proof.tests) - set(proof.still_green(runs[-1]))
    if not unsteady and (proof.tests or runs[-1].green):
        return passed(Step.STABLE, f"green {len(runs)} times more", runs=len(runs))
    if not hearing.sorting.tests and not proof.still_green(proof.run(proof.tree)):
        # these tests never pass alone, so the base's own order matters: all of them again
        again = _run(hearing, hearing.tree)
        if again.green and hearing.green and again.account == hearing.green.account:
            return unavailable(Step.STABLE, "the tests do not pass alone; only all together")
    names = ", ".join(sorted(unsteady)[:5]) or "the evidence"
    return refused(Step.STABLE, Outcome.FLAKY, f"passed once, then failed: {names}")


def try_honest(hearing: Hearing) -> StepResult:
    """Step 8: the added code, read."""
    read = hearing.bench.objects.read
    pairs = [
        pair
        for path in {*hearing.evidence_files(), *_rust(hearing)}
        for pair in pairs_in(path, read(hearing.tree, path) or b"")
    ]
    return judge_honest(hearing.change, hearing.sorting.production, pairs)


def _rust(hearing: Hearing) -> set[str]:
    """Rust keeps its tests beside the code."""
    return {p for p in hearing.bench.objects.files(hearing.tree) if p.endswith(".rs")}


def _proof_of(hearing: Hearing) -> Proof | None:
    if hearing.green is None:
        return None
    tests = hearing.fail_to_pass
    if hearing.terms.mode is Mode.REFACTOR:
        tests = (
            tuple(sorted(hearing.green.account.passed))[:_SAMPLE] if hearing.green.account else ()
        )
    bench = hearing.bench
    return Proof(
        hearing.change,
        hearing.sorting.production,
        tuple(sorted({*hearing.test_files(), *_rust(hearing)})),
        hearing.tree,
        hearing.red_tree,
        tests,
        hearing.terms.evidence,
        hearing.green,
        bench.objects,
        bench.rooms,
        bench.runner,
    )


TRIALS: tuple[Trial, ...] = (
    (Step.POLICY, try_policy),
    (Step.PROTECTED, try_protected),
    (Step.VACUITY, try_vacuity),
    (Step.RED, try_red),
    (Step.GREEN, try_green),
    # read before it is probed: certain signs spare the probes, and the code under suspicion a run
    (Step.HONEST, try_honest),
    (Step.PROVEN, try_proven),
    (Step.STABLE, try_stable),
)


def open_hearing(change: Change, terms: Terms, bench: Bench, reds: RedRuns) -> Hearing:
    """A judgement before its first step: the change sorted by what base and argv say."""
    base = bench.objects.files(change.base_tree)
    conventions = conventions_of(
        terms.evidence.command,
        base,
        lambda path: bench.objects.read(change.base_tree, path),
        terms.paths.protect,
    )
    sorting = sort_change(change, terms.mode, conventions, base)
    put_back = [*sorting.restored, *sorting.byproducts]
    tree = (
        bench.objects.restore(change.tree, change.base_tree, put_back)
        if put_back
        else (change.tree)
    )
    red_tree = change.base_tree
    if terms.mode is Mode.FEATURE and sorting.tests:
        red_tree = bench.objects.restore(change.base_tree, change.tree, sorting.tests)
    return Hearing(change, terms, bench, reds, conventions, sorting, tree, red_tree)


def _run(hearing: Hearing, tree: str, only: Sequence[str] = ()) -> EvidenceRun:
    with hearing.bench.rooms.clone(tree) as room:
        return hearing.bench.runner.run(hearing.terms.evidence, room, only=only)


def _close(hearing: Hearing, steps: tuple[StepResult, ...]) -> Verdict:
    decisive = next((s for s in steps if s.refused), None)
    doubtful = [s for s in steps if s.status is StepStatus.SUSPICIOUS]
    outcome = Outcome.OK
    if decisive is not None:
        outcome = decisive.outcome or Outcome.INFRA_ERROR
    elif doubtful:
        outcome = Outcome.UNPROVEN
    run = hearing.green or hearing.red
    telling = decisive or (doubtful[0] if doubtful else None)
    return Verdict(
        outcome=outcome,
        tree=hearing.tree,
        steps=steps,
        feedback=feedback_of(telling, run) if telling else "",
        red=hearing.red,
        green=hearing.green,
        fail_to_pass=hearing.fail_to_pass,
        isolation=run.isolation if run else "",
        warnings=tuple(f"{s.step}: {s.reason}" for s in steps if _warns(s)),
    )


def _warns(step: StepResult) -> bool:
    return step.status in (StepStatus.SUSPICIOUS, StepStatus.UNAVAILABLE)
