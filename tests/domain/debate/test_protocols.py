"""The protocols as state machines: what is in turn is taken, all else refused, all end."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hexci.domain.debate.letter import ALL, Kind, Letter, Meta
from hexci.domain.debate.protocols import (
    Broadcast,
    Consensus,
    Negotiation,
    OutOfTurnError,
    Talk,
    opened,
)

NAMES = ("ada", "bob", "cyd", "dan")


def letter(sender: str, to: str, kind: Kind, protocol: str = "", **payload: Any) -> Letter:
    return Letter(sender, to, kind, payload, Meta("t", "talk", protocol, 1))


def call(*audience: str) -> Talk:
    return opened(letter("boss", ALL, Kind.CALL, "broadcast", audience=list(audience)))


def motion(needed: Any, *voters: str) -> Talk:
    return opened(letter("boss", ALL, Kind.MOTION, "consensus", voters=list(voters), needed=needed))


def proposal(rounds: Any) -> Talk:
    return opened(letter("ada", "bob", Kind.PROPOSAL, "negotiation", rounds=rounds))


def anything() -> st.SearchStrategy[Letter]:
    names = st.sampled_from(("boss", *NAMES, ALL, "eve"))
    payload = st.fixed_dictionaries(
        {},
        optional={
            "for": st.sampled_from([True, False, None, 1]),
            "carried": st.booleans(),
            "rounds": st.integers(-1, 3),
        },
    )
    return st.builds(
        lambda sender, to, kind, given: letter(sender, to, kind, **given),
        names, names, st.sampled_from(Kind), payload,
    )  # fmt: skip


@given(
    st.sampled_from(["broadcast", "delegation", "consensus", "negotiation"]),
    st.lists(anything(), max_size=25),
)
def test_a_talk_that_is_over_takes_nothing_and_a_refusal_changes_nothing(
    protocol: str, letters: list[Letter]
) -> None:
    talk = {
        "broadcast": call("ada", "bob"),
        "delegation": opened(letter("boss", "ada", Kind.TASK, "delegation")),
        "consensus": motion(2, "ada", "bob", "cyd"),
        "negotiation": proposal(2),
    }[protocol]
    taken = 0
    for one in letters:
        was_closed, before = talk.closed, talk
        try:
            talk = talk.after(one)
        except OutOfTurnError:
            assert talk == before
            continue
        taken += 1
        assert not was_closed
    # every protocol is bounded, whatever is said
    assert taken <= {"broadcast": 2, "delegation": 1, "consensus": 4, "negotiation": 4}[protocol]


@given(st.permutations(NAMES), st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_broadcast_ends_when_each_has_answered_once_in_any_order(
    order: list[str], failing: list[bool]
) -> None:
    talk = call(*NAMES)
    for name, fails in zip(order, failing, strict=True):
        assert not talk.closed
        said = letter(name, "boss", Kind.FAILURE if fails else Kind.ANSWER)
        talk = talk.after(said)
        with pytest.raises(OutOfTurnError):
            talk.after(said)
    assert talk.closed


def test_a_notice_expects_no_answer() -> None:
    assert call().closed


VOTES = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=4)


@given(VOTES, st.integers(1, 4), st.booleans())
def test_a_motion_is_carried_by_as_many_votes_as_were_asked_for(
    votes: list[bool | None],
    needed: int,
    claimed: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    voters = NAMES[: len(votes)]
    if needed > len(voters):
        with pytest.raises(OutOfTurnError):
            motion(needed, *voters)
        return
    talk = motion(needed, *voters)
    for name, vote in zip(voters, votes, strict=True):
        said = letter(name, "boss", Kind.FAILURE)
        if vote is not None:
            said = Letter(name, "boss", Kind.VOTE, {"for": vote}, Meta("t", "talk", "", 1))
        with pytest.raises(OutOfTurnError):  # nobody decides before all have spoken
            talk.after(letter("boss", ALL, Kind.DECISION, carried=True))
        talk = talk.after(said)
    carried = votes.count(True) >= needed
    decision = letter("boss", ALL, Kind.DECISION, carried=claimed)
    assert isinstance(talk, Consensus)
    assert talk.carried is carried
    if claimed is carried:
        assert talk.after(decision).closed
    else:
        with pytest.raises(OutOfTurnError, match="not what the votes say"):
            talk.after(decision)


@pytest.mark.parametrize("needed", [0, -1, 3, True, None, "2"])
def test_a_motion_that_cannot_be_decided_is_refused(needed: object) -> None:
    with pytest.raises(OutOfTurnError):
        motion(needed, "ada", "bob")


class Haggling(RuleBasedStateMachine):
    """A negotiation beside a model of it: who is next, and how many proposals there were."""

    @initialize(rounds=st.integers(1, 4))
    def propose_first(self, rounds: int) -> None:
        self.rounds, self.made, self.next = rounds, 1, "bob"
        self.talk = proposal(rounds)

    def _say(self, kind: Kind) -> None:
        to = "bob" if self.next == "ada" else "ada"
        self.talk = self.talk.after(letter(self.next, to, kind))

    @precondition(lambda self: self.next == "bob" and self.made < self.rounds)
    @rule()
    def counter(self) -> None:
        self._say(Kind.COUNTER)
        self.next = "ada"

    @precondition(lambda self: self.next == "bob" and self.made == self.rounds)
    @rule()
    def counter_once_too_often(self) -> None:
        with pytest.raises(OutOfTurnError, match="were agreed on"):
            self._say(Kind.COUNTER)

    @precondition(lambda self: self.next == "ada")
    @rule()
    def propose_again(self) -> None:
        self._say(Kind.PROPOSAL)
        self.made, self.next = self.made + 1, "bob"

    @precondition(lambda self: self.next == "bob")
    @rule()
    def commit(self) -> None:
        self._say(Kind.COMMIT)
        self.next = ""

    @precondition(lambda self: bool(self.next))
    @rule()
    def abort(self) -> None:
        self._say(Kind.ABORT)
        self.next = ""

    @rule(kind=st.sampled_from(Kind))
    def speak_out_of_turn(self, kind: Kind) -> None:
        other = {"ada": "bob", "bob": "ada"}.get(self.next, "ada")
        with pytest.raises(OutOfTurnError):
            self.talk.after(letter(other, self.next or "bob", kind))

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        if hasattr(self, "talk"):
            assert isinstance(self.talk, Negotiation)
            assert (self.talk.proposals, self.talk.closed) == (self.made, not self.next)
            assert self.made <= self.rounds


TestHaggling = Haggling.TestCase
TestHaggling.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)


def test_a_talk_begins_as_its_protocol_says() -> None:
    with pytest.raises(OutOfTurnError, match="does not begin with a vote"):
        opened(letter("ada", "bob", Kind.VOTE, "consensus"))
    with pytest.raises(OutOfTurnError, match="there is no protocol 'gossip'"):
        opened(letter("ada", "bob", Kind.TASK, "gossip"))
    assert isinstance(call("ada"), Broadcast)
