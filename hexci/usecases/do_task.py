"""The main job: candidates change a copy, the gate decides, one accepted change is landed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Plan
from hexci.domain.run_result import RunResult, Tried
from hexci.domain.verdict import Verdict
from hexci.errors import HexciError
from hexci.ports.candidate import Candidate
from hexci.ports.clock import Clock
from hexci.ports.progress import Progress
from hexci.ports.repo import Commits, Objects
from hexci.ports.rooms import Rooms
from hexci.ports.signing import Signer
from hexci.usecases.end_run import Ending, best_tried, end_run, logs_of, why_failed
from hexci.usecases.record_run import Recorder
from hexci.usecases.take_turn import Task, take_turn


class Court(Protocol):
    """The gate as one run uses it: RED once, then a verdict for every proposed tree."""

    def red(self) -> tuple[EvidenceRun | None, Verdict | None]:
        """The red run, and a refusal where the base already rules the run out."""
        ...

    def judge(self, tree: str) -> Verdict:
        """The verdict on `tree`."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """The ports of the main job."""

    court: Court
    rooms: Rooms
    objects: Objects
    commits: Commits
    recorder: Recorder
    clock: Clock
    progress: Progress
    candidates: Sequence[Candidate] = field(default=())
    signer: Signer | None = None


def do_task(plan: Plan, means: Means) -> RunResult:
    """WORK, GATE and EMIT of `plan`. The record has exactly one end, whatever happens.

    What goes wrong in the run is an outcome; only Ctrl-C and bugs of ours are raised, after the
    record was ended with `infra_error`.
    """
    started = means.clock.monotonic()
    means.recorder.begin(plan)
    result = RunResult(means.recorder.run, plan, Outcome.INFRA_ERROR)
    try:
        try:
            result = _work(plan, means, started)
        except HexciError as error:
            result = replace(result, outcome=Outcome(error.outcome), reason=str(error))
        result = replace(result, seconds=means.clock.monotonic() - started)
        return end_run(result, _ending(means))
    except BaseException as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else repr(error)
        means.recorder.end(Outcome.INFRA_ERROR, {"reason": reason})
        raise


def _work(plan: Plan, means: Means, started: float) -> RunResult:
    result = RunResult(means.recorder.run, plan, Outcome.NO_CHANGE)
    means.progress.stage("gate", f"red: {plan.evidence.command}")
    means.recorder.note("gate.started", "red")
    red, refusal = means.court.red()
    means.recorder.note("gate.ended", "red", status=refusal.outcome.value if refusal else "red")
    means.recorder.step(
        "red ok" if refusal is None else f"red {refusal.outcome}", logs_of("red", red)
    )
    if refusal is not None:
        return replace(result, outcome=refusal.outcome, reason=refusal.reason, verdict=refusal)
    deadline = started + plan.limits.timeout
    for candidate in means.candidates:
        if means.clock.monotonic() >= deadline:
            late = Tried(candidate.name, Outcome.TIMEOUT, 0.0, "the run's time was used up before")
            result = replace(result, tried=(*result.tried, late))
            continue
        result = _turn(result, candidate, red, deadline, means)
        if result.outcome is Outcome.OK:
            return result
    return replace(result, outcome=best_tried(result.tried), reason=why_failed(result.tried))


def _turn(
    result: RunResult, candidate: Candidate, red: EvidenceRun | None, deadline: float, means: Means
) -> RunResult:
    name = candidate.name
    span = f"candidate-{len(result.tried) + 1}"
    means.progress.stage("work", name)
    means.recorder.note("candidate.started", span, name=name)
    task = Task(result.plan, red, means.court.judge, deadline, result.tried)
    turn = take_turn(candidate, task, rooms=means.rooms, clock=means.clock, progress=means.progress)
    tried = turn.tried
    means.recorder.note("candidate.ended", span, name=name, status=tried.outcome.value)
    means.recorder.step(
        f"{span} {tried.outcome} {tried.seconds * 1000:.0f}",
        {f"{span}/transcript.ndjson": turn.transcript},
    )
    accepted = turn.accepted
    return replace(
        result,
        tried=(*result.tried, tried),
        verdict=turn.verdict or result.verdict,
        outcome=Outcome.OK if accepted else Outcome.NO_CHANGE,
        candidate=name if accepted else "",
        patch=_patch_of(turn.verdict, result.plan, means) if accepted else result.patch,
    )


def _patch_of(verdict: Verdict | None, plan: Plan, means: Means) -> bytes:
    return means.objects.change(plan.base_tree, verdict.tree).patch if verdict else b""


def _ending(means: Means) -> Ending:
    return Ending(means.commits, means.recorder, means.progress, means.signer)
