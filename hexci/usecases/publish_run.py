"""What a finished run becomes in public: refs, a draft pull request, the claim's end."""

from dataclasses import dataclass, replace
from typing import Protocol

from hexci.domain.asking.claim import Claim, ClaimState, read_claim
from hexci.domain.asking.delivery import Delivery, Thread
from hexci.domain.asking.run_report import RunReport
from hexci.domain.asking.scene import Checked, Decision, Ended, Scene
from hexci.domain.outcome import Outcome
from hexci.errors import ConflictError
from hexci.ports.clock import Clock
from hexci.ports.forge import Check, Conversation, Draft, Jobs, People, Proposals, PullHead
from hexci.ports.progress import Progress
from hexci.ports.remote import Board, Origin, Slip


class Voice(Protocol):
    """How it is said. Every text comes back redacted and within the platform's limits."""

    def comment(self, scene: Scene, marker: str) -> str:
        """The thread's comment; it begins with `marker`."""
        ...

    def pull_title(self, report: RunReport) -> str:
        """A pull request's title."""
        ...

    def pull_body(self, report: RunReport, thread: Thread | None, actor: str) -> str:
        """A pull request's text; it closes the issue, where there is one."""
        ...

    def decision_draft(self, decision: Decision, thread: Thread | None, claim: Claim) -> Draft:
        """A pull request that moves a record on; `base` is left to whoever opens it."""
        ...

    def check(self, checked: Checked, head: str, key: str) -> Check:
        """The check run on `head` that tells of what was looked at; `key` names the event."""
        ...


@dataclass(frozen=True, slots=True)
class Publishing:
    """The ports of EMIT in public."""

    people: People
    talk: Conversation
    proposals: Proposals
    jobs: Jobs
    board: Board
    origin: Origin
    voice: Voice
    clock: Clock
    progress: Progress


@dataclass(frozen=True, slots=True)
class Target:
    """Where a run's work belongs: a branch, and the pull request whose head it is, if any."""

    branch: str
    base: str
    law: str
    pull: PullHead | None = None
    fork: bool = False


def publish_run(
    slip: Slip, report: RunReport, target: Target, delivery: Delivery, *, means: Publishing
) -> Ended:
    """Pushes the record and, for a committed run, branch and note; proposes; ends the claim.

    From the claim's `landing` on nobody can stop it; before that, `/hex stop` wins.
    """
    claim = replace(read_claim(slip.body), run=report.run, usd=round(report.usd, 6))
    landing = begin_landing(slip, claim, means)
    if isinstance(landing, Ended):
        return landing
    slip, claim = landing, read_claim(landing.body)
    outcome, reason = report.outcome, report.reason
    if target.pull and moved(target.pull, means):
        outcome = Outcome.STALE_HEAD
        reason = "the pull request's head moved while the run was under way; nothing was proposed"
    lands = outcome is Outcome.COMMITTED
    means.progress.stage("emit", f"{report.run}: {outcome}")
    means.origin.push_run(report.run, report.branch if lands else "")
    if lands:
        voice = means.voice
        body = voice.pull_body(report, delivery.thread, claim.actor)
        draft = Draft(report.branch, target.branch, voice.pull_title(report), body, ("hexci",))
        link = means.proposals.propose(draft)
        claim = replace(claim, pull=link.number, pull_url=link.url)
    claim = replace(claim, state=ClaimState.DONE, outcome=outcome.value, said=reason[:4_000])
    means.board.write(slip.name, claim.document(), slip.version)
    return Ended(outcome, reason, claim=claim, report=report)


def begin_landing(slip: Slip, claim: Claim, means: Publishing) -> Slip | Ended:
    """The claim from which on nobody can stop it; or how it ended because somebody has."""
    landing = replace(claim, state=ClaimState.LANDING)
    try:
        return means.board.write(slip.name, landing.document(), slip.version)
    except ConflictError:
        now = means.board.read(slip.name)
        stopped = read_claim(now.body) if now else None
        if stopped and stopped.state is ClaimState.STOPPED:
            return Ended(Outcome.CONFLICT, "the run was stopped", claim=stopped)
        # the other job's words stand on the thread: we have no claim to say any
        return Ended(Outcome.CONFLICT, "another job took the event over")


def moved(pull: PullHead, means: Publishing) -> bool:
    """Whether a pull request is no longer at the commit that was worked on."""
    now = means.proposals.pull(pull.number)
    return now.head_sha != pull.head_sha or not now.is_open
