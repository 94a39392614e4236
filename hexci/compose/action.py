"""Wires `hexci action`: one event of GitHub, handled in one job."""

import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.delivered import delivery_of
from hexci.compose.main_job import do
from hexci.compose.planning import config_at
from hexci.compose.records import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.machine.job import WorkflowJob
    from hexci.adapters.sinks.conversation import Conversation
    from hexci.domain.asking.claim import Claim
    from hexci.domain.asking.commands import Command
    from hexci.domain.asking.quota import Quota, Use
    from hexci.domain.asking.run_report import RunReport
    from hexci.domain.asking.scene import Checked, Decision, Ended
    from hexci.domain.outcome import Outcome
    from hexci.usecases.handling import Handling
    from hexci.usecases.plan_task import TaskRequest

# Seconds after a job's own time limit before another job may take its event over.
_GRACE = 600.0
# Seconds of a job that are not the run's: installing, waiting for rate limits, publishing.
_TELLING = 300.0
# Designs that a build begins with, as of `hexci build`.
_DESIGNS = 3


def handle() -> "Outcome":
    """Handles the event of the job we are in; writes outputs, summary and annotations."""
    from hexci.adapters.machine.job import close_to_others, read_job
    from hexci.adapters.sinks.conversation import Conversation
    from hexci.adapters.sinks.quiet_runner import quiet_runner
    from hexci.compose.handing_over import hand_over
    from hexci.domain.redaction import Redactor
    from hexci.errors import HexciError
    from hexci.usecases.handle_event import handle_event

    job = read_job(os.environ)
    close_to_others()
    if job.part is not None:
        from hexci.compose.system_job import handle_process

        return handle_process(job, job.part)
    redact = Redactor(job.secrets)
    voice = Conversation(redact)
    # whatever an agent makes us print, no line of it is a command to the runner
    with quiet_runner(sys.stdout):
        try:
            with _handling(job, voice) as handling:
                ended = handle_event(handling)
                if job.stage == "work":
                    hand_over(ended, job)
        except HexciError as error:
            ended = _failed(error)
        sys.stdout.write(voice.log(ended))
    _publish(ended, job, voice)
    return ended.outcome


@contextmanager
def _handling(job: "WorkflowJob", voice: "Conversation") -> "Iterator[Handling]":
    import time

    from hexci.adapters.git.board import GitBoard
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.origin import GitOrigin
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.clock import SystemClock
    from hexci.adapters.sinks.progress import progress_for
    from hexci.compose.forge import github
    from hexci.compose.handing_over import read_only
    from hexci.usecases.handling import Handling, Job
    from hexci.usecases.publish_run import Publishing

    clock = SystemClock()
    forge = github(job.api, job.token, job.repository, job.account, clock)
    checkout = Checkout.at(Path.cwd())
    url = f"{job.server}/{job.repository}.git"
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        origin = GitOrigin(quarters.vault, url, job.token, time.sleep)
        means = Publishing(
            people=forge, talk=forge, proposals=forge, jobs=forge,
            board=GitBoard(checkout, origin), origin=origin, voice=voice, clock=clock,
            progress=progress,
        )  # fmt: skip
        yield Handling(
            delivery=delivery_of(job),
            inputs=job.inputs,
            job=Job(job.run, job.attempt, _run_time(job.minutes * 60), job.minutes * 60 + _GRACE),
            workshop=_Workshop(checkout, quarters, job),
            means=read_only(means, forge, origin, checkout) if job.stage == "work" else means,
        )


def _run_time(job_seconds: float) -> float:
    """Seconds for the run itself: what installing and telling take is left to them."""
    return max(job_seconds - _TELLING, job_seconds / 2)


class _Workshop:
    """Runs, checks and explanations in the checkout. Port Workshop; it is given no token."""

    def __init__(self, checkout: "Checkout", quarters: "Quarters", job: "WorkflowJob") -> None:
        self._checkout = checkout
        self._quarters = quarters
        self._job = job

    def work(self, request: "TaskRequest", base: str, law: str) -> str:
        made = None
        if self._job.stage == "publish":
            from hexci.compose.handing_over import handed_candidate

            request, made = handed_candidate(request, base, self._job)
        return do(request, base, self._checkout.top, law=law, made=made).run

    def build(self, request: "TaskRequest", target: str, base: str, law: str) -> str:
        if self._job.stage == "publish":
            # tests and code were made together, and are judged together
            return self.work(request, base, law)
        from hexci.compose.building import build
        from hexci.domain.building.order import order_of

        order = order_of(request.task, target, _DESIGNS)
        return build(request, order, base, self._checkout.top, law=law).run

    def report(self, run: str) -> "RunReport":
        from hexci.domain.asking.run_report import read_report
        from hexci.errors import HexciError

        stored = records_of(self._checkout).load(run)
        if stored is None:
            raise HexciError(f"the record of run {run} is gone")
        return read_report(run, stored.files)

    def uses(self, runs: "tuple[str, ...]") -> "tuple[Use, ...]":
        from hexci.domain.asking.quota import read_use

        records = records_of(self._checkout)
        stored = (records.load(run) for run in runs)
        return tuple(read_use(one.run, one.files) for one in stored if one is not None)

    def quota(self, law: str) -> "Quota":
        return config_at(self._quarters, law).quota

    def check(self, base: str, head: str) -> "Checked":
        from hexci.compose.checking import check_boundaries

        return check_boundaries(str(self._checkout.git.folder), base, head)

    def review(self, request: "TaskRequest", target: str, head: str, law: str) -> "Checked":
        from hexci.compose.reviewing import checked_review
        from hexci.domain.asking.scene import Checked
        from hexci.domain.finding import Report
        from hexci.domain.outcome import Outcome
        from hexci.domain.redaction import Redactor

        if self._job.stage == "work":
            # claims are proven where they are told: the other job reviews, and has no model
            return Checked(Report("review"), "", "", Outcome.OK)
        if self._job.stage == "publish":
            request = replace(request, candidates=("repair",))
        redact = Redactor(self._job.secrets)
        return checked_review(request, target, (head, law), self._checkout, self._quarters, redact)

    def record(self, record: str, commit: str) -> str:
        from hexci.compose.deciding import record_at

        return record_at(record, commit, self._checkout, self._quarters)

    def decide(self, command: "Command", claim: "Claim", base: str, law: str) -> "Decision":
        from hexci.compose.deciding import decided

        return decided(command, claim, base, law, self._checkout, self._quarters)

    def explain(self, subject: str) -> str:
        from hexci.compose.explaining import explained

        return explained(subject)


def _failed(error: Exception) -> "Ended":
    from hexci.domain.asking.scene import Ended
    from hexci.domain.outcome import Outcome

    return Ended(Outcome(getattr(error, "outcome", Outcome.INFRA_ERROR)), str(error))


def _publish(ended: "Ended", job: "WorkflowJob", voice: "Conversation") -> None:
    """Files, summary, outputs and annotations: what the job itself shows."""
    from hexci.adapters.sinks.outputs import write_outputs
    from hexci.compose.boundaries import append_text, write_text

    files = {}
    folder = job.scratch / "hexci"
    for name, content in voice.files(ended).items():
        folder.mkdir(parents=True, exist_ok=True)
        files[name] = str(folder / name)
        write_text(files[name], content)
    if job.summary:
        append_text(str(job.summary), voice.summary(ended))
    if job.output:
        write_outputs(job.output, voice.outputs(ended, files))
    sys.stdout.write(voice.annotations(ended))
