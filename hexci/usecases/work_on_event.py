"""A command that wants code changed: on what, within which quota, by whose approval."""

from contextlib import suppress
from dataclasses import replace

from hexci.domain.asking.claim import Claim, ClaimState, read_claim
from hexci.domain.asking.commands import Command, Verb
from hexci.domain.asking.intent import ANY_TASK
from hexci.domain.asking.quota import Use, exceeded
from hexci.domain.asking.scene import Ended, Scene
from hexci.domain.outcome import Outcome
from hexci.domain.plan import AskedLimits, Event, Trust
from hexci.errors import BadInputError, DeniedError
from hexci.ports.forge import PullHead
from hexci.ports.remote import Slip
from hexci.usecases.handling import Handling, claims_of, closed, default_ref, show
from hexci.usecases.plan_task import TaskRequest
from hexci.usecases.publish_run import Target, publish_run

# What takes long, costs, and can be asked for again.
REPEATABLE = frozenset({Verb.DO, Verb.REVIEW, Verb.BUILD})
# What a second person can allow on a fork: a build needs a model, and none sees a stranger's code.
APPROVABLE = frozenset({Verb.DO, Verb.REVIEW})
_NOT_BEGUN = frozenset({Outcome.DENIED, Outcome.BAD_INPUT, Outcome.BUDGET, ""})
# Of a stranger's code only what needs no key may be tried, and nothing is pushed.
_FORK_CANDIDATES = ("repair",)


def work_on(command: Command, slip: Slip, pull: PullHead | None, handling: Handling) -> Ended:
    """The main job for `command`, within the day's quota, and its publication.

    A run that an earlier attempt of the job pushed is not made again.
    """
    claim, means = read_claim(slip.body), handling.means
    target = target_of(pull, handling)
    spent = over_quota(claim, target, handling)
    if spent:
        return closed(slip, Outcome.BUDGET, spent, handling)
    run = claim.run
    if not (run and means.origin.has_run(run)):
        show(Scene(claim, "Working on it."), handling)
        request = _request(command, claim, target, handling)
        if command.verb is Verb.BUILD:
            folder = command.target or "."
            run = handling.workshop.build(request, folder, target.base, target.law)
        else:
            run = handling.workshop.work(request, target.base, target.law)
    report = handling.workshop.report(run)
    return publish_run(slip, report, target, handling.delivery, means=means)


def target_of(pull: PullHead | None, handling: Handling) -> Target:
    """Where work on the event starts and belongs; what it needs is brought here."""
    origin, default = handling.means.origin, default_ref(handling)
    law = origin.tip(default)
    origin.fetch(law, default)
    if pull is None:
        return Target(handling.delivery.default_branch, law, law)
    origin.fetch(pull.head_sha, f"refs/pull/{pull.number}/head")
    return Target(pull.head_ref, pull.head_sha, law, pull, pull.from_fork)


def _request(command: Command, claim: Claim, target: Target, handling: Handling) -> TaskRequest:
    inputs = handling.inputs
    own = command.evidence not in {None, inputs.evidence}
    notes = (f"the evidence command was written by {claim.actor}",) if own else ()
    candidates = command.candidates or inputs.candidates
    return TaskRequest(
        task=command.text or ANY_TASK,
        event=Event(claim.key, claim.verb, claim.actor, claim.at),
        evidence=command.evidence or inputs.evidence or None,
        mode=command.mode,
        files=command.files or inputs.files,
        candidates=_FORK_CANDIDATES if target.fork else candidates,
        limits=AskedLimits(timeout=handling.job.seconds),
        dry_run=target.fork,
        trust=Trust.UNTRUSTED if target.fork else Trust.TRUSTED,
        attempt=claim.tries,
        notes=notes,
    )


def over_quota(claim: Claim, target: Target, handling: Handling) -> str:
    """Which of the day's limits this event would break, in words; empty: none."""
    day = handling.means.clock.now()[:10].replace("-", "")
    runs = tuple(handling.means.origin.fetch_runs(day))
    uses = [*handling.workshop.uses(runs)]
    for slip in handling.means.board.under(f"events/{day}/*/*"):
        with suppress(BadInputError):
            other = read_claim(slip.body)
            if other.key != claim.key and _counts(other):
                uses.append(Use(other.run or slip.name, other.actor, other.usd))
    return exceeded(uses, claim.actor, handling.workshop.quota(target.law))


def _counts(claim: Claim) -> bool:
    """Whether a claim is a use that no run's record tells of (yet)."""
    if claim.state in {ClaimState.OPEN, ClaimState.LANDING}:
        return claim.verb != Verb.STOP
    # a review leaves no record of a run; one that was refused did not begin
    return claim.verb == Verb.REVIEW and claim.outcome not in _NOT_BEGUN


def wait_for_approval(slip: Slip, claim: Claim, handling: Handling) -> Ended:
    """The claim laid aside until somebody else approves the commit."""
    said = (
        f"The code is a fork's. Somebody with write access, who is neither @{claim.actor} nor the "
        f"author, can have it worked on as it is now:\n\n    /hex approve {claim.head}"
    )
    waiting = replace(claim, state=ClaimState.WAITING, outcome=Outcome.DENIED.value, said=said)
    handling.means.board.write(slip.name, waiting.document(), slip.version)
    return Ended(Outcome.DENIED, said, claim=waiting)


def approved_claim(
    command: Command, claim: Claim, pull: PullHead | None, handling: Handling
) -> Slip:
    """The waiting claim that is approved. Raises DeniedError when it may not be."""
    if pull is None:
        raise BadInputError("there is nothing to approve on an issue")
    refuse_machines("an approval", handling)
    if command.text != pull.head_sha:
        raise DeniedError(
            f"the head is {pull.head_sha} by now, not {command.text}", "Read it, then approve it."
        )
    for slip in reversed(claims_of(claim, handling)):
        waiting = read_claim(slip.body)
        if waiting.state is ClaimState.WAITING and waiting.head == pull.head_sha:
            if claim.actor_id in {waiting.actor_id, pull.author}:
                raise DeniedError("who asked, or who wrote the code, cannot approve it")
            return slip
    raise BadInputError(f"no command waits for an approval of {command.text}")


def refuse_machines(what: str, handling: Handling) -> None:
    """Raises DeniedError when a bot asks for what only a person can answer for, listed or not."""
    comment = handling.delivery.comment
    if comment is not None and comment.author.is_bot:
        raise DeniedError(f"{what} is a person's to give, and {comment.author.login} is a bot")


def last_work(claim: Claim, handling: Handling) -> Command:
    """The last command on the thread that wanted work. Raises BadInputError when there is none."""
    now = handling.means.clock.now()
    for slip in reversed(claims_of(claim, handling)):
        earlier = read_claim(slip.body)
        over = earlier.is_over or earlier.expires < now
        if (
            earlier.key != claim.key
            and earlier.verb in {*REPEATABLE, Verb.RETRY, Verb.APPROVE}
            and over
        ):
            command = earlier.command
            return command if command.verb in REPEATABLE else last_work(earlier, handling)
    raise BadInputError("there is no finished /hex do, review or build on this thread to repeat")
