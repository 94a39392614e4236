"""Wires the two-job split: an agent's job that only reads, a job that judges again and writes."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.origin import GitOrigin
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.github.forge import GitHub
    from hexci.adapters.machine.job import WorkflowJob
    from hexci.domain.asking.scene import Ended
    from hexci.ports.candidate import Candidate
    from hexci.usecases.plan_task import TaskRequest
    from hexci.usecases.publish_run import Publishing


def read_only(
    means: "Publishing", forge: "GitHub", origin: "GitOrigin", checkout: "Checkout"
) -> "Publishing":
    """The ports of EMIT without any effect, for a job that is to hand over."""
    from hexci.adapters.git.board import GitBoard
    from hexci.adapters.git.reading import ReadingBoard, ReadingOrigin
    from hexci.adapters.github.reading import ReadingGitHub

    reader = ReadingGitHub(forge)
    return replace(
        means,
        people=reader,
        talk=reader,
        proposals=reader,
        jobs=reader,
        board=ReadingBoard(GitBoard(checkout, origin)),
        origin=ReadingOrigin(origin),
    )


def hand_over(ended: "Ended", job: "WorkflowJob") -> None:
    """Writes what the agent's job made, where the workflow uploads it from."""
    from hexci.domain.asking.handover import DOCUMENT, PATCH, Handover
    from hexci.domain.canonical import digest

    if ended.report is None or ended.claim is None:
        return
    report = ended.report
    patch = report.patch.encode("utf-8", "surrogateescape")
    handed = Handover(
        repository=job.repository,
        workflow_run=job.run,
        event=ended.claim.key,
        base=report.base,
        outcome=report.outcome.value,
        candidate=report.candidate,
        summary="; ".join(f"{t.name}: {t.outcome}: {t.summary}" for t in report.turns)[:8_000],
        patch=digest(patch),
    )
    job.handover.mkdir(parents=True, exist_ok=True)
    (job.handover / DOCUMENT).write_bytes(handed.document())
    (job.handover / PATCH).write_bytes(patch)


def handed_candidate(
    request: "TaskRequest", base: str, job: "WorkflowJob"
) -> "tuple[TaskRequest, Callable[[Quarters], Candidate]]":
    """The request as it is recorded here, and the maker of its one candidate.

    Raises StaleError when the work was done for another commit.
    """
    from hexci.domain.asking.handover import DOCUMENT, PATCH, read_handover
    from hexci.domain.outcome import Outcome
    from hexci.errors import StaleError
    from hexci.usecases.handed_patch import HandedPatch

    patch = _data(job.handover / PATCH)
    handed = read_handover(
        _data(job.handover / DOCUMENT),
        patch,
        repository=job.repository,
        workflow_run=job.run,
        event=request.event.id,
    )
    if handed.base != base:
        raise StaleError(
            f"the work was done for {handed.base[:12]}, which is {base[:12]} by now",
            "Ask again: /hex retry",
        )
    # who it says it is goes into a trailer; one that was not asked for is not named there
    asked = {*request.candidates, "repair"}
    name = handed.candidate if handed.candidate in asked else "another-job"
    noted = (*request.notes, "made in a job of its own without a writing token; judged again here")
    outcome = Outcome(handed.outcome)

    def made(quarters: "Quarters") -> "Candidate":
        return HandedPatch(name, patch, outcome, handed.summary, patches=quarters.vault)

    return replace(request, candidates=(name,), notes=noted), made


def _data(place: "Path") -> bytes:
    """A plain file's bytes, not more than can be honest; a link is nobody's data."""
    from hexci.domain.asking.handover import LARGEST_PATCH
    from hexci.errors import BadInputError

    if place.is_symlink() or not place.is_file():
        raise BadInputError(
            f"the agent's job handed over no {place.name}", "See the log of that job."
        )
    with place.open("rb") as file:
        return file.read(LARGEST_PATCH + 1)
