"""A command that wants code reviewed: what a pull request changes, or what is at a path."""

from contextlib import suppress
from dataclasses import replace

from hexci.domain.asking.claim import Claim, read_claim
from hexci.domain.asking.commands import Command
from hexci.domain.asking.scene import Checked, Ended, Scene
from hexci.domain.finding import Severity
from hexci.domain.outcome import Outcome
from hexci.domain.plan import AskedLimits, Event, Trust
from hexci.errors import DeniedError
from hexci.ports.forge import PullHead
from hexci.ports.remote import Slip
from hexci.usecases.check_on_event import end_told
from hexci.usecases.handling import Handling, closed, show
from hexci.usecases.plan_task import TaskRequest
from hexci.usecases.publish_run import Target, begin_landing
from hexci.usecases.work_on_event import over_quota, target_of

# Lenses need no model unless one is named; of a stranger's code none may be.
_NO_MODEL = ("repair",)


def review_on(command: Command, slip: Slip, pull: PullHead | None, handling: Handling) -> Ended:
    """The review, told by a check run on the commit and by the thread's comment."""
    claim, means = read_claim(slip.body), handling.means
    target = target_of(pull, handling)
    spent = over_quota(claim, target, handling)
    if spent:
        return closed(slip, Outcome.BUDGET, spent, handling)
    what = command.text or "."
    if pull and not command.text:
        means.origin.fetch(pull.base_sha, f"refs/heads/{pull.base_ref}")
        what = f"{pull.base_sha}..{pull.head_sha}"
    show(Scene(claim, f"Looking at {target.base[:12]}."), handling)
    request = _request(command, claim, target, handling)
    checked = handling.workshop.review(request, what, target.base, target.law)
    claim = replace(claim, usd=round(checked.usd, 6), run=checked.run)
    landing = begin_landing(slip, claim, means)
    if isinstance(landing, Ended):
        return landing
    if checked.run:
        means.origin.push_run(checked.run, "")
    with suppress(DeniedError):  # without `checks: write` the comment and the summary remain
        means.proposals.check(means.voice.check(checked, target.base, claim.key))
    ended = Ended(checked.outcome, _said(checked, target), checked=checked)
    return end_told(landing, claim, ended, handling)


def _request(command: Command, claim: Claim, target: Target, handling: Handling) -> TaskRequest:
    inputs = handling.inputs
    return TaskRequest(
        task=f"review {command.text}".rstrip(),
        event=Event(claim.key, claim.verb, claim.actor, claim.at),
        evidence=command.evidence or inputs.evidence or None,
        candidates=_NO_MODEL
        if target.fork
        else command.candidates or inputs.candidates or _NO_MODEL,
        limits=AskedLimits(timeout=handling.job.seconds),
        trust=Trust.UNTRUSTED if target.fork else Trust.TRUSTED,
        attempt=claim.tries,
    )


def _said(checked: Checked, target: Target) -> str:
    defects = sum(f.severity is Severity.ERROR for f in checked.report.findings)
    many = "1 defect is" if defects == 1 else f"{defects} defects are"
    shown = {
        Outcome.REVIEWED_CLEAN: "No defect is shown by a test",
        Outcome.FINDINGS: f"{many} shown by a test",
        Outcome.REVIEW_INCOMPLETE: "Not every lens could look",
        Outcome.EVIDENCE_FAILED: "A review needs a green start, and the evidence does not pass",
    }.get(checked.outcome, checked.outcome.value)
    return f"{shown}, at {target.base[:12]}."
