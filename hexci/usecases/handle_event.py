"""One event of the forge, from what it says to what became of it. Denies what it does not know."""

from contextlib import suppress
from dataclasses import dataclass, replace

from hexci.domain.asking.claim import ClaimState, read_claim
from hexci.domain.asking.commands import Command, Misspelt, Verb
from hexci.domain.asking.delivery import Person
from hexci.domain.asking.intent import ANY_TASK, Intent, Nothing, read_delivery
from hexci.domain.asking.scene import Ended, Scene
from hexci.domain.asking.trust import Facts, Ruling, rule
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Trust
from hexci.errors import BadInputError, HexciError
from hexci.ports.forge import Permission, PullHead
from hexci.ports.remote import Slip
from hexci.usecases.answer_command import REPLIES
from hexci.usecases.check_on_event import check_now, check_on
from hexci.usecases.claim_event import take
from hexci.usecases.decide_on_event import decide_on
from hexci.usecases.handling import Handling, closed, react, show, told
from hexci.usecases.review_on_event import review_on
from hexci.usecases.work_on_event import (
    APPROVABLE,
    approved_claim,
    last_work,
    wait_for_approval,
    work_on,
)

_DOERS = {
    Verb.DO: work_on, Verb.BUILD: work_on, Verb.REVIEW: review_on, Verb.ADR: decide_on,
    Verb.ANALYZE: check_on,
}  # fmt: skip
_OUTSIDER = "only accounts with write access to the repository may ask"


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was decided: `problem` is set when the command is none."""

    command: Command
    actor: Person | None
    ruling: Ruling
    pull: PullHead | None = None
    problem: str = ""


def handle_event(handling: Handling) -> Ended:
    """What became of the event. Raises HexciError when the platform fails: run the job again."""
    reading = read_delivery(handling.delivery, handling.inputs)
    if isinstance(reading, Nothing):
        return Ended(Outcome.OK, reading.reason, handled=False)
    if isinstance(reading, Misspelt):
        return _answer_misspelt(reading, handling)
    ruling, pull = _judged(reading, handling)
    if not ruling.allowed and not _may_wait(reading.command, pull, ruling):
        react("-1", handling)
        return Ended(Outcome.DENIED, ruling.reason)
    command = reading.command
    if command.text and reading.vouched and not _writes(reading.vouched, handling):
        # a stranger's title is no instruction
        command = replace(command, text=ANY_TASK)
    if command.verb is Verb.ANALYZE and handling.delivery.comment is None:
        return check_now(pull, handling)
    return _claimed(_Decided(command, reading.actor, ruling, pull), handling)


def _answer_misspelt(said: Misspelt, handling: Handling) -> Ended:
    comment = handling.delivery.comment
    if comment is None or not _writes(comment.author, handling):
        return Ended(Outcome.DENIED, _OUTSIDER)
    command = Command(Verb.HELP, said.line)
    ruling = Ruling(allowed=True, trust=Trust.TRUSTED, reason="write access")
    problem = f"{said.problem}\n{said.hint}"
    return _claimed(_Decided(command, comment.author, ruling, problem=problem), handling)


def _judged(intent: Intent, handling: Handling) -> tuple[Ruling, PullHead | None]:
    thread = handling.delivery.thread
    at_comment = handling.delivery.comment is not None
    pull = None
    granted = handling.permission(intent.actor) if intent.actor else Permission("none", 0)
    if thread and thread.is_pull and at_comment and granted.may_write:
        # the head is bound here, before anything of it is read
        pull = handling.means.proposals.pull(thread.number)
    change = handling.delivery.change
    facts = Facts(
        verb=intent.command.verb,
        source=intent.source,
        writes=granted.may_write,
        same_account=intent.actor is not None and granted.account == intent.actor.id,
        fork=pull.from_fork if pull else bool(change and change.from_fork),
    )
    return rule(facts), pull


def _writes(person: Person, handling: Handling) -> bool:
    granted = handling.permission(person)
    return granted.may_write and granted.account == person.id


def _may_wait(command: Command, pull: PullHead | None, ruling: Ruling) -> bool:
    """Whether a refusal is one that a second person can turn."""
    waits = command.verb in APPROVABLE and pull is not None and pull.from_fork
    return waits and not ruling.quietly


def _claimed(decided: _Decided, handling: Handling) -> Ended:
    slip = take(decided.command, decided.actor, decided.pull, handling)
    if isinstance(slip, Ended):
        return slip
    react("eyes", handling)
    try:
        ended = _carried_out(decided, slip, handling)
    except HexciError as error:
        outcome = Outcome(error.outcome)
        if outcome in {Outcome.INFRA_ERROR, Outcome.CONFLICT}:
            if outcome is Outcome.INFRA_ERROR:
                _tell_trouble(error, slip, handling)
            raise  # the claim stays open: the job's next attempt goes on where this one ended
        # it may have been landing by then
        slip = handling.means.board.read(slip.name) or slip
        if read_claim(slip.body).is_over:
            raise
        ended = closed(slip, outcome, str(error), handling)
    except BaseException:
        with suppress(HexciError):
            closed(slip, Outcome.INFRA_ERROR, "the job was interrupted", handling)
        raise
    return told(ended, handling)


def _tell_trouble(error: HexciError, slip: Slip, handling: Handling) -> None:
    """Says on the thread that the platform failed, if it lets us: else it would say "at work"."""
    claim = read_claim(slip.body)
    ended = replace(claim, state=ClaimState.DONE, outcome=Outcome.INFRA_ERROR.value)
    said = str(error)
    if "again" not in error.hint:
        said += "\nRe-run the job: it goes on where this one ended, and does nothing twice."
    with suppress(HexciError):
        show(Scene(ended, said), handling)


def _carried_out(decided: _Decided, slip: Slip, handling: Handling) -> Ended:
    command, claim = decided.command, read_claim(slip.body)
    if decided.problem:
        raise BadInputError(decided.problem)
    if command.verb in REPLIES:
        return closed(slip, Outcome.OK, REPLIES[command.verb](command, claim, handling), handling)
    if not decided.ruling.allowed:
        return wait_for_approval(slip, claim, handling)
    if command.verb is Verb.APPROVE:
        return _approved(decided, slip, handling)
    if command.verb is Verb.RETRY:
        command = last_work(claim, handling)
    return _DOERS[command.verb](command, slip, decided.pull, handling)


def _approved(decided: _Decided, slip: Slip, handling: Handling) -> Ended:
    waiting = approved_claim(decided.command, read_claim(slip.body), decided.pull, handling)
    before = read_claim(waiting.body)
    ended = _DOERS[before.command.verb](before.command, slip, decided.pull, handling)
    done = replace(before, state=ClaimState.DONE, outcome=ended.outcome.value)
    handling.means.board.write(waiting.name, done.document(), waiting.version)
    return ended
