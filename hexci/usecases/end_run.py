"""The one end of a run: an accepted change lands with it, or nothing does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hexci.domain.canonical import Json, canonical, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome, best_of
from hexci.domain.run_result import RunResult, Tried
from hexci.errors import ConflictError
from hexci.ports.progress import Progress
from hexci.ports.records import Landing
from hexci.ports.repo import Commits
from hexci.ports.signing import Signer
from hexci.usecases.emit_change import emit_change
from hexci.usecases.record_run import Recorder


@dataclass(frozen=True, slots=True)
class Ending:
    """The ports of an end."""

    commits: Commits
    recorder: Recorder
    progress: Progress
    signer: Signer | None = None


def end_run(result: RunResult, ending: Ending) -> RunResult:
    """Ends the record; an accepted change lands in the same transaction, unless it is a dry run."""
    verdict, recorder = result.verdict, ending.recorder
    if result.outcome is not Outcome.OK or verdict is None:
        recorder.end(result.outcome, _facts(result), _files(result))
        return result
    if result.plan.dry_run:
        result = replace(result, outcome=Outcome.PROPOSED)
        recorder.end(result.outcome, _facts(result), _files(result))
        return result
    ending.progress.stage("emit", f"hex/auto/{result.run}")
    landed = emit_change(
        result.plan,
        result.run,
        verdict,
        result.candidate,
        commits=ending.commits,
        signer=ending.signer,
    )
    result = replace(
        result,
        outcome=Outcome.COMMITTED,
        branch=landed.landing.branch,
        commit=landed.landing.commit,
        evidence_digest=landed.evidence_digest,
    )
    files = {**_files(result), "evidence.json": landed.evidence}
    return _land(result, landed.landing, files, ending)


def best_tried(tried: Sequence[Tried]) -> Outcome:
    """The outcome of a run whose candidates all failed."""
    outcomes = [t.outcome for t in tried]
    # a bug of ours must not hide behind a candidate that merely found nothing
    return Outcome.INFRA_ERROR if Outcome.INFRA_ERROR in outcomes else best_of(outcomes)


def why_failed(tried: Sequence[Tried]) -> str:
    """One line on why they all failed."""
    if not tried:
        return "there was no candidate to try"
    return "; ".join(
        f"{t.name}: {t.summary.splitlines()[0] if t.summary else t.outcome}" for t in tried
    )


def logs_of(name: str, run: EvidenceRun | None) -> dict[str, bytes]:
    """The output of an evidence run as a file of the record."""
    if run is None:
        return {}
    return {f"evidence/{name}.log": run.output.encode("utf-8", "surrogateescape")}


def _land(
    result: RunResult, landing: Landing, files: dict[str, bytes], ending: Ending
) -> RunResult:
    try:
        ending.recorder.end(result.outcome, _facts(result), files, landing)
    except ConflictError as error:
        result = replace(
            result, outcome=Outcome.CONFLICT, reason=str(error), branch="", commit="",
            evidence_digest="",
        )  # fmt: skip
        ending.recorder.end(result.outcome, _facts(result), _files(result))
    return result


def _facts(result: RunResult) -> dict[str, Json]:
    return {
        **result.facts,
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
    green = logs_of("green", result.verdict.green if result.verdict else None)
    steps = plain(result.verdict.steps) if result.verdict else []
    return {"patch.diff": result.patch, "gate.json": canonical(steps) + b"\n", **green}
