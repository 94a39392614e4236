"""What handling one event needs, and how what became of it is told on its thread."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from hexci.domain.asking.claim import Claim, ClaimState, read_claim
from hexci.domain.asking.commands import Command
from hexci.domain.asking.delivery import Delivery, Inputs, Person
from hexci.domain.asking.intent import MARKER
from hexci.domain.asking.quota import Quota, Use
from hexci.domain.asking.run_report import RunReport
from hexci.domain.asking.scene import Checked, Decision, Ended, Scene
from hexci.domain.outcome import Outcome
from hexci.errors import BadInputError, DeniedError
from hexci.ports.forge import ForgeFault, Permission
from hexci.ports.remote import Slip
from hexci.usecases.keep_comment import keep_comment
from hexci.usecases.plan_task import TaskRequest
from hexci.usecases.publish_run import Publishing

# Characters of an answer that a claim keeps.
_SAID = 4_000
_REACTIONS = {True: "rocket", False: "confused"}
STICKY = f"{MARKER}thread -->"


class Workshop(Protocol):
    """Runs, checks and explanations in the checkout; nothing of it holds a token."""

    def work(self, request: TaskRequest, base: str, law: str) -> str:
        """Runs the main job on `base` by the config of `law`; the run's id."""
        ...

    def build(self, request: TaskRequest, target: str, base: str, law: str) -> str:
        """Has agents build in the folder `target` of `base` by the config of `law`; the run's id.

        Raises BadInputError when no model is there to do it.
        """
        ...

    def report(self, run: str) -> RunReport:
        """What a run's record says."""
        ...

    def uses(self, runs: tuple[str, ...]) -> tuple[Use, ...]:
        """Who made these runs, and what they cost."""
        ...

    def quota(self, law: str) -> Quota:
        """The limits of a day, by the config of `law`."""
        ...

    def check(self, base: str, head: str) -> Checked:
        """Checks the boundaries of `head` by the law of `base`, telling what is new."""
        ...

    def review(self, request: TaskRequest, target: str, head: str, law: str) -> Checked:
        """Hunts for defects in `target` (a path of `head`, or BASE..HEAD) by the config of `law`.

        Raises BadInputError when there is nothing that a lens could look at.
        """
        ...

    def record(self, record: str, commit: str) -> str:
        """A record of the ledger as it is at `commit`. Raises BadInputError for an unknown one."""
        ...

    def decide(self, command: Command, claim: Claim, base: str, law: str) -> Decision:
        """Moves a record on, upon `base` and by the ledger's rules at `law`; on no branch yet."""
        ...

    def explain(self, subject: str) -> str:
        """What a rule means."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """The job that handles the event.

    `seconds` are what a run may take, so that its end is told before the job's own limit;
    `lease` those after which a silent job is given up.
    """

    workflow_run: str
    attempt: int
    seconds: float
    lease: float


@dataclass(frozen=True, slots=True)
class Handling:
    """One event being handled."""

    delivery: Delivery
    inputs: Inputs
    job: Job
    workshop: Workshop
    means: Publishing

    def permission(self, person: Person) -> Permission:
        """What the permission endpoint says of a person now."""
        return self.means.people.permission(person.login)


def told(ended: Ended, handling: Handling) -> Ended:
    """The thread's comment and the reaction, by what became of the event."""
    if ended.claim is None:
        return ended
    url = tell(ended, handling)
    react(_REACTIONS[ended.outcome.happened], handling)
    return replace(ended, comment_url=url)


def tell(ended: Ended, handling: Handling) -> str:
    """The thread's comment by what became of the event; its address, empty without a thread."""
    assert ended.claim is not None  # noqa: S101 - who tells has a claim
    history = [read_claim(slip.body) for slip in claims_of(ended.claim, handling)]
    others = tuple(c for c in reversed(history) if c.key != ended.claim.key)
    patch = bool(ended.report and ended.report.outcome is Outcome.PROPOSED)
    scene = Scene(
        ended.claim, ended.reason, ended.report, others, shows_patch=patch, checked=ended.checked
    )
    return show(scene, handling)


def show(scene: Scene, handling: Handling) -> str:
    """The thread's comment as `scene` wants it; its address, empty without a thread."""
    thread = handling.delivery.thread
    if thread is None:
        return ""
    body = handling.means.voice.comment(scene, STICKY)
    return keep_comment(thread.number, STICKY, body, talk=handling.means.talk).url


def react(content: str, handling: Handling) -> None:
    """A reaction to the command, where there is one."""
    comment = handling.delivery.comment
    if comment is None:
        return
    # a reaction is a courtesy: nothing depends on it
    with suppress(ForgeFault, DeniedError):
        handling.means.talk.react(comment.id, content, inline=comment.inline)


def claims_of(claim: Claim, handling: Handling) -> list[Slip]:
    """The claims on the same thread, oldest first; unreadable ones are somebody's play."""
    found = []
    for slip in handling.means.board.under(f"events/*/{claim.slug}/*"):
        with suppress(BadInputError):
            found.append((read_claim(slip.body).at, slip.name, slip))
    return [slip for _, _, slip in sorted(found, key=lambda item: item[:2])]


def closed(slip: Slip, outcome: Outcome, said: str, handling: Handling) -> Ended:
    """The claim's end without a run, with what is said about it."""
    claim = replace(
        read_claim(slip.body), state=ClaimState.DONE, outcome=outcome.value, said=said[:_SAID]
    )
    handling.means.board.write(slip.name, claim.document(), slip.version)
    return Ended(outcome, said, claim=claim)


def default_ref(handling: Handling) -> str:
    """The full name of the default branch. Raises BadInputError when the event names none."""
    if not handling.delivery.default_branch:
        raise BadInputError("the event does not name the default branch")
    return f"refs/heads/{handling.delivery.default_branch}"
