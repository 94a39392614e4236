"""The steps of the gate, in their order: each looks at a hearing and says what it found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from hexci.domain.change import ChangeKind
from hexci.domain.evidence import EvidenceRun
from hexci.domain.gate.account import fail_to_pass, judge_green, judge_red
from hexci.domain.gate.endless import patience_to_be_sure
from hexci.domain.gate.honest import judge_honest, pairs_in
from hexci.domain.gate.policy import judge_policy
from hexci.domain.gate.probes import judge_probes
from hexci.domain.gate.protected import judge_protected
from hexci.domain.gate.ruling import passed, refused, unavailable
from hexci.domain.gate.vacuity import judge_vacuity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode
from hexci.domain.verdict import Step, StepResult
from hexci.usecases.hearing import Hearing
from hexci.usecases.prove_change import Proof, repeat_tests, run_probes
from hexci.usecases.witness_change import ask_tests, witness_change

# Tests of a refactoring that are negated, to see that the harness still works.
_SAMPLE = 10

Trial = tuple[Step, Callable[[Hearing], StepResult]]


def _run(hearing: Hearing, tree: str, only: Sequence[str] = ()) -> EvidenceRun:
    with hearing.bench.rooms.clone(tree) as room:
        return hearing.bench.runner.run(hearing.terms.evidence, room, only=only)


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
    return _ruled_red(hearing, hearing.reds.of(hearing.red_tree))


def _ruled_red(hearing: Hearing, run: EvidenceRun) -> StepResult:
    hearing.red = run
    return judge_red(run, hearing.terms.mode, require_account=hearing.terms.require_account)


def try_green(hearing: Hearing) -> StepResult:
    """Step 5, on the tree that would land."""
    hearing.green = _run(hearing, hearing.tree)
    if hearing.red is None:
        return unavailable(Step.GREEN, "there is no run without the change to compare with")
    if patience := patience_to_be_sure(hearing.red, hearing.green):
        red = _ruled_red(hearing, hearing.reds.again(hearing.red_tree, patience))
        if red.refused:
            return replace(red, step=Step.GREEN)
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
