"""Taking an event: exactly one job works on it, however often it is delivered."""

from hexci.domain.asking.claim import Claim, claim_name, later, pack, read_claim
from hexci.domain.asking.commands import Command, Verb
from hexci.domain.asking.delivery import Person
from hexci.domain.asking.scene import Ended
from hexci.domain.outcome import Outcome
from hexci.errors import ConflictError
from hexci.ports.forge import PullHead
from hexci.ports.remote import Slip
from hexci.usecases.handling import Handling, told


def take(
    command: Command, actor: Person | None, pull: PullHead | None, handling: Handling
) -> Slip | Ended:
    """The claim on the event in our hands, or how the event ended before or elsewhere."""
    board, job, now = handling.means.board, handling.job, handling.means.clock.now()
    delivery = handling.delivery
    slug = delivery.thread.slug if delivery.thread else delivery.name
    expires = later(now, job.lease)
    there = board.read(claim_name(delivery.key, slug, delivery.at))
    if there is None:
        claim = Claim(
            key=delivery.key, slug=slug, verb=command.verb.value, asked=pack(command),
            actor=actor.login if actor else delivery.name, actor_id=actor.id if actor else 0,
            at=delivery.at, head=pull.head_sha if pull else "",
            workflow_run=job.workflow_run, workflow_attempt=job.attempt, expires=expires,
        )  # fmt: skip
        version = ""
    else:
        claim = read_claim(there.body)
        if claim.is_over:
            before = _as_before(claim, handling)
            return before if _was_looked_at(claim) else told(before, handling)
        if not claim.may_be_taken(job.workflow_run, job.attempt, now):
            return Ended(Outcome.OK, "another job works on this event", handled=False, claim=claim)
        claim, version = claim.taken(job.workflow_run, job.attempt, expires), there.version
    try:
        return board.write(claim.name, claim.document(), version)
    except ConflictError:
        return Ended(Outcome.OK, "another job was faster", handled=False)


def _was_looked_at(claim: Claim) -> bool:
    """Whether it was a review or a check: told before its claim ended, which keeps no findings."""
    ends = {Outcome.REVIEWED_CLEAN, Outcome.FINDINGS, Outcome.REVIEW_INCOMPLETE}
    if claim.verb in {Verb.ANALYZE, Verb.REVIEW}:
        return claim.outcome in {*ends, Outcome.OK, Outcome.EVIDENCE_FAILED}
    return claim.outcome in ends and claim.verb != Verb.ADR


def _as_before(claim: Claim, handling: Handling) -> Ended:
    """How an event ended that is delivered again; told again too, lest it was never heard."""
    outcome = Outcome(claim.outcome) if claim.outcome in set(Outcome) else Outcome.OK
    known = claim.run and handling.means.origin.has_run(claim.run)
    report = handling.workshop.report(claim.run) if known else None
    said = claim.said or (report.reason if report else "")
    return Ended(outcome, said, claim=claim, report=report)
