"""What an event would lead to, without asking anybody and without doing anything."""

from dataclasses import dataclass

from hexci.domain.asking.commands import Command, Misspelt
from hexci.domain.asking.delivery import Delivery, Inputs
from hexci.domain.asking.intent import Nothing, Source, read_delivery
from hexci.domain.asking.trust import Facts, Ruling, rule


@dataclass(frozen=True, slots=True)
class Replay:
    """`word` is `nothing`, `misspelt`, `denied` or `allowed`; `reason` says why."""

    word: str
    reason: str
    command: Command | None = None
    ruling: Ruling | None = None


def replay_event(delivery: Delivery, inputs: Inputs, *, writes: bool, fork: bool) -> Replay:
    """What `delivery` would lead to, if its sender had write access (`writes`) or had not.

    `fork` is for comments, whose events do not tell where a pull request's head comes from.
    """
    reading = read_delivery(delivery, inputs)
    if isinstance(reading, Nothing):
        return Replay("nothing", reading.reason)
    if isinstance(reading, Misspelt):
        return Replay("misspelt", f"{reading.problem}. {reading.hint}")
    facts = Facts(
        verb=reading.command.verb,
        source=reading.source,
        writes=writes and reading.source is not Source.NOBODY,
        fork=fork or bool(delivery.change and delivery.change.from_fork),
    )
    ruling = rule(facts)
    word = "allowed" if ruling.allowed else "denied"
    return Replay(word, ruling.reason, reading.command, ruling)
