"""The gate: may this change land? Steps run cheapest first and stop at the first refusal."""

from collections.abc import Sequence
from dataclasses import replace

from hexci.domain.change import Change
from hexci.domain.evidence import EvidenceRun
from hexci.domain.gate.account import judge_red
from hexci.domain.gate.feedback import feedback_of
from hexci.domain.gate.vacuity import judge_vacuity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Mode
from hexci.domain.verdict import StepResult, StepStatus, Verdict
from hexci.usecases.gate_steps import TRIALS, Trial
from hexci.usecases.hearing import Bench, Hearing, RedRuns, Terms, open_hearing


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
    reds = reds or RedRuns(terms, rooms=bench.rooms, runner=bench.runner)
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
