"""How agents may talk: four small protocols, each a state machine over messages.

A state is frozen; `after` gives the next one, or raises OutOfTurnError. A log is folded
through them when it is verified, so that nobody can have spoken out of turn in a record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

from hexci.domain.canonical import Json
from hexci.domain.debate.letter import ALL, Kind, Letter


class OutOfTurnError(ValueError):
    """A message that its talk does not allow now."""


class Talk(Protocol):
    """One talk as it stands."""

    @property
    def closed(self) -> bool:
        """Whether everything was said."""
        ...

    def after(self, letter: Letter) -> "Talk":
        """The talk with one more message. Raises OutOfTurnError."""
        ...


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One asks all; each of `audience` answers or fails, once. An empty audience: a notice."""

    asker: str
    audience: frozenset[str]
    answered: frozenset[str] = frozenset()

    @property
    def closed(self) -> bool:
        """Whether everybody has answered."""
        return self.answered == self.audience

    def after(self, letter: Letter) -> "Broadcast":
        """With one answer more."""
        _expect(letter, {Kind.ANSWER, Kind.FAILURE}, self.audience - self.answered, self.asker)
        return replace(self, answered=self.answered | {letter.sender})


@dataclass(frozen=True, slots=True)
class Delegation:
    """One gives a task to another, who ends it with a result or a failure."""

    giver: str
    worker: str
    closed: bool = False

    def after(self, letter: Letter) -> "Delegation":
        """With its end."""
        workers = frozenset[str]() if self.closed else frozenset({self.worker})
        _expect(letter, {Kind.RESULT, Kind.FAILURE}, workers, self.giver)
        return replace(self, closed=True)


@dataclass(frozen=True, slots=True)
class Consensus:
    """A motion; each voter votes once, a failure is no vote; carried by `needed` votes for it."""

    mover: str
    voters: frozenset[str]
    needed: int
    votes: Mapping[str, bool | None] = field(default_factory=dict)
    closed: bool = False

    @property
    def carried(self) -> bool:
        """Whether enough voted for it; silence and failure never count for it."""
        return sum(vote is True for vote in self.votes.values()) >= self.needed

    def after(self, letter: Letter) -> "Consensus":
        """With one vote more, or the decision, which must be what the votes say."""
        waiting = self.voters - self.votes.keys()
        if self.closed or waiting:
            open_to = frozenset[str]() if self.closed else waiting
            _expect(letter, {Kind.VOTE, Kind.FAILURE}, open_to, self.mover)
            stand = letter.payload.get("for")
            if letter.kind is Kind.VOTE and not isinstance(stand, bool):
                raise OutOfTurnError("a vote is for or against")
            vote = stand if letter.kind is Kind.VOTE and isinstance(stand, bool) else None
            return replace(self, votes={**self.votes, letter.sender: vote})
        _expect(letter, {Kind.DECISION}, frozenset({self.mover}), ALL)
        if letter.payload.get("carried") is not self.carried:
            raise OutOfTurnError("the decision is not what the votes say")
        return replace(self, closed=True)


@dataclass(frozen=True, slots=True)
class Negotiation:
    """A proposal; the other commits, counters or aborts; at most `rounds` proposals."""

    proposer: str
    other: str
    rounds: int
    proposals: int = 1
    countered: bool = False
    committed: bool = False
    aborted: bool = False

    @property
    def closed(self) -> bool:
        """Whether it ended, agreed or not."""
        return self.committed or self.aborted

    def after(self, letter: Letter) -> "Negotiation":
        """With one move more."""
        if self.closed:
            raise OutOfTurnError("the negotiation is over")
        if self.countered:
            kinds = {Kind.ABORT, Kind.PROPOSAL}
            _expect(letter, kinds, frozenset({self.proposer}), self.other)
            if letter.kind is Kind.ABORT:
                return replace(self, aborted=True)
            return replace(self, proposals=self.proposals + 1, countered=False)
        kinds = {Kind.COMMIT, Kind.ABORT, Kind.COUNTER}
        _expect(letter, kinds, frozenset({self.other}), self.proposer)
        if letter.kind is Kind.COUNTER and self.proposals >= self.rounds:
            raise OutOfTurnError(f"{self.rounds} proposals were agreed on, and made")
        return replace(
            self,
            countered=letter.kind is Kind.COUNTER,
            committed=letter.kind is Kind.COMMIT,
            aborted=letter.kind is Kind.ABORT,
        )


def opened(letter: Letter) -> Talk:
    """The talk that a first message opens. Raises OutOfTurnError for one that opens none."""
    entry = _OPENINGS.get(letter.meta.protocol)
    if entry is None:
        raise OutOfTurnError(f"there is no protocol {letter.meta.protocol!r}")
    kind, make = entry
    if letter.kind is not kind:
        raise OutOfTurnError(f"a {letter.meta.protocol} does not begin with a {letter.kind}")
    return make(letter)


def _broadcast(letter: Letter) -> Talk:
    if letter.to != ALL:
        raise OutOfTurnError("a broadcast is to all")
    return Broadcast(letter.sender, _names(letter.payload.get("audience")))


def _delegation(letter: Letter) -> Talk:
    if letter.to in {ALL, letter.sender}:
        raise OutOfTurnError("a task is given to one other")
    return Delegation(letter.sender, letter.to)


def _consensus(letter: Letter) -> Talk:
    voters, needed = _names(letter.payload.get("voters")), letter.payload.get("needed")
    if not isinstance(needed, int) or isinstance(needed, bool) or not 1 <= needed <= len(voters):
        raise OutOfTurnError(f"{needed!r} of {len(voters)} votes cannot be asked for")
    if letter.to != ALL or letter.sender in voters:
        raise OutOfTurnError("a motion is to all, and its mover has no vote")
    return Consensus(letter.sender, voters, needed)


def _negotiation(letter: Letter) -> Talk:
    rounds = letter.payload.get("rounds")
    if not isinstance(rounds, int) or isinstance(rounds, bool) or rounds < 1:
        raise OutOfTurnError(f"{rounds!r} rounds cannot be had")
    if letter.to in {ALL, letter.sender}:
        raise OutOfTurnError("a proposal is made to one other")
    return Negotiation(letter.sender, letter.to, rounds)


_OPENINGS: Mapping[str, tuple[Kind, Callable[[Letter], Talk]]] = MappingProxyType(
    {
        "broadcast": (Kind.CALL, _broadcast),
        "delegation": (Kind.TASK, _delegation),
        "consensus": (Kind.MOTION, _consensus),
        "negotiation": (Kind.PROPOSAL, _negotiation),
    }
)


def _names(value: Json) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise OutOfTurnError("those who are asked are not named")
    return frozenset(str(name) for name in value)


def _expect(letter: Letter, kinds: set[Kind], senders: frozenset[str], to: str) -> None:
    if letter.kind not in kinds:
        raise OutOfTurnError(f"a {letter.kind} is out of turn")
    if letter.sender not in senders:
        raise OutOfTurnError(f"{letter.sender} has no turn")
    if letter.to != to:
        raise OutOfTurnError(f"it goes to {to}, not to {letter.to}")
