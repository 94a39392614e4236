"""The main job: candidates change a copy, the gate decides, one accepted change is landed."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from hexci.domain.canonical import Json, canonical, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome, best_of
from hexci.domain.plan import Plan
from hexci.domain.run_result import RunResult, Tried
from hexci.domain.verdict import Verdict
from hexci.errors import ConflictError, HexciError
from hexci.ports.candidate import Assignment, Attempt, Candidate
from hexci.ports.clock import Clock
from hexci.ports.progress import Progress
from hexci.ports.records import Landing
from hexci.ports.repo import Commits, Objects
from hexci.ports.rooms import Rooms
from hexci.ports.signing import Signer
from hexci.usecases.emit_change import emit_change
from hexci.usecases.record_run import Recorder

# Characters of a candidate's account of its failure that later candidates are told.
_TOLD = 4_000


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
        return _finish(result, means)
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
        "red ok" if refusal is None else f"red {refusal.outcome}", _logs("red", red)
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
    return replace(result, outcome=_best(result.tried), reason=_why(result.tried))


def _turn(
    result: RunResult, candidate: Candidate, red: EvidenceRun | None, deadline: float, means: Means
) -> RunResult:
    name = candidate.name
    span = f"candidate-{len(result.tried) + 1}"
    means.progress.stage("work", name)
    means.recorder.note("candidate.started", span, name=name)
    begun = means.clock.monotonic()
    bench = _Bench(means.court)
    attempt = _attempt(result, candidate, red, deadline, bench, means)
    seconds = means.clock.monotonic() - begun
    # what counts is what the gate said here, not what the candidate says it said
    verdict = bench.best()
    accepted = verdict is not None and verdict.accepted
    outcome = Outcome.OK if accepted else _modest(attempt.outcome)
    means.recorder.note("candidate.ended", span, name=name, status=outcome.value)
    transcript = b"".join(canonical(line) + b"\n" for line in attempt.transcript)
    means.recorder.step(
        f"{span} {outcome} {seconds * 1000:.0f}", {f"{span}/transcript.ndjson": transcript}
    )
    return replace(
        result,
        tried=(*result.tried, Tried(name, outcome, seconds, attempt.summary, attempt.usage)),
        verdict=verdict or result.verdict,
        outcome=Outcome.OK if accepted else Outcome.NO_CHANGE,
        candidate=name if accepted else "",
        patch=_patch_of(verdict, result.plan, means) if accepted else result.patch,
    )


class _Bench:
    """Remembers every verdict that a candidate was given; none can be brought from outside."""

    def __init__(self, court: Court) -> None:
        self._court = court
        self._verdicts: list[Verdict] = []

    def judge(self, tree: str) -> Verdict:
        """The court's verdict on `tree`, kept."""
        verdict = self._court.judge(tree)
        self._verdicts.append(verdict)
        return verdict

    def best(self) -> Verdict | None:
        """The first accepted verdict, else the last one."""
        accepted = (v for v in self._verdicts if v.accepted)
        return next(accepted, self._verdicts[-1] if self._verdicts else None)


def _attempt(  # noqa: PLR0913, PLR0917 - one turn's own state beside the ports
    result: RunResult,
    candidate: Candidate,
    red: EvidenceRun | None,
    deadline: float,
    bench: _Bench,
    means: Means,
) -> Attempt:
    plan = result.plan
    told = tuple(f"{t.name}: {t.outcome}: {t.summary}"[:_TOLD] for t in result.tried)
    try:
        with means.rooms.clone(plan.base_tree) as room:
            given = Assignment(plan, room, red, bench.judge, deadline, told)
            return candidate.attempt(given, progress=means.progress)
    except HexciError as error:
        return Attempt(Outcome(error.outcome), summary=str(error))
    except Exception as error:  # noqa: BLE001 - the plug-in boundary: others may still succeed
        lines: tuple[dict[str, Json], ...] = ({"bug": traceback.format_exc()},)
        return Attempt(Outcome.INFRA_ERROR, summary=f"a bug: {error!r}", transcript=lines)


def _modest(claimed: Outcome) -> Outcome:
    """What a candidate without an accepted verdict may end with: never a success."""
    return Outcome.UNPROVEN if claimed.happened else claimed


def _patch_of(verdict: Verdict | None, plan: Plan, means: Means) -> bytes:
    return means.objects.change(plan.base_tree, verdict.tree).patch if verdict else b""


def _finish(result: RunResult, means: Means) -> RunResult:
    """Ends the record; an accepted change lands in the same transaction, unless it is a dry run."""
    verdict = result.verdict
    if result.outcome is not Outcome.OK or verdict is None:
        means.recorder.end(result.outcome, _facts(result), _files(result))
        return result
    if result.plan.dry_run:
        result = replace(result, outcome=Outcome.PROPOSED)
        means.recorder.end(result.outcome, _facts(result), _files(result))
        return result
    means.progress.stage("emit", f"hex/auto/{result.run}")
    landed = emit_change(
        result.plan,
        result.run,
        verdict,
        result.candidate,
        commits=means.commits,
        signer=means.signer,
    )
    result = replace(
        result,
        outcome=Outcome.COMMITTED,
        branch=landed.landing.branch,
        commit=landed.landing.commit,
        evidence_digest=landed.evidence_digest,
    )
    return _land(
        result, landed.landing, {**_files(result), "evidence.json": landed.evidence}, means
    )


def _land(result: RunResult, landing: Landing, files: dict[str, bytes], means: Means) -> RunResult:
    try:
        means.recorder.end(result.outcome, _facts(result), files, landing)
    except ConflictError as error:
        result = replace(
            result, outcome=Outcome.CONFLICT, reason=str(error), branch="", commit="",
            evidence_digest="",
        )  # fmt: skip
        means.recorder.end(result.outcome, _facts(result), _files(result))
    return result


def _best(tried: Sequence[Tried]) -> Outcome:
    outcomes = [t.outcome for t in tried]
    # a bug of ours must not hide behind a candidate that merely found nothing
    return Outcome.INFRA_ERROR if Outcome.INFRA_ERROR in outcomes else best_of(outcomes)


def _why(tried: Sequence[Tried]) -> str:
    if not tried:
        return "there was no candidate to try"
    return "; ".join(
        f"{t.name}: {t.summary.splitlines()[0] if t.summary else t.outcome}" for t in tried
    )


def _facts(result: RunResult) -> dict[str, Json]:
    return {
        "reason": result.reason,
        "branch": result.branch,
        "commit": result.commit,
        "tree": result.verdict.tree if result.verdict and result.commit else "",
        "candidate": result.candidate,
        "evidence_digest": result.evidence_digest,
        "isolation": result.verdict.isolation if result.verdict else "",
        "seconds": round(result.seconds, 3),
        "tried": plain(result.tried),
    }


def _files(result: RunResult) -> dict[str, bytes]:
    green = _logs("green", result.verdict.green if result.verdict else None)
    steps = plain(result.verdict.steps) if result.verdict else []
    return {"patch.diff": result.patch, "gate.json": canonical(steps) + b"\n", **green}


def _logs(name: str, run: EvidenceRun | None) -> dict[str, bytes]:
    if run is None:
        return {}
    return {f"evidence/{name}.log": run.output.encode("utf-8", "surrogateescape")}
