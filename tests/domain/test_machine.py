import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.ledger.status import Status, is_legal
from hexci.domain.machine import ADR, FINDING, MACHINES, Machine, Move, moved, sighted
from hexci.domain.state import Refused, Value

KINDS = st.sampled_from(sorted(MACHINES))


def to(state: str) -> Move:
    return Move(state, "ada", "2026-01-02T03:04:05Z", "because")


@given(KINDS, st.lists(st.sampled_from([*FINDING.moves, *ADR.moves, "nowhere"]), max_size=8))
def test_only_the_machines_own_moves_are_ever_made(kind: str, asked: list[str]) -> None:
    machine = MACHINES[kind]
    value: Value | None = None
    path: list[str] = []
    for state in asked:
        result = moved(value, machine, to(state))
        if not isinstance(result, Refused):
            value = result
            path.append(state)
            assert result["serial"] == len(path)
    assert path[:1] in ([], [machine.initial])
    assert all(machine.leads(one, other) for one, other in itertools.pairwise(path))


@given(st.sampled_from(list(Status)), st.sampled_from(list(Status)))
def test_decisions_move_as_their_ledger_says(old: Status, new: Status) -> None:
    first = sighted(None, ADR, to(old.value))
    assert not isinstance(first, Refused)
    assert isinstance(sighted(first, ADR, to(new.value)), Refused) == (
        not is_legal(old, new) or old is new
    )


@pytest.mark.parametrize(
    ("value", "state", "said"),
    [
        (None, "fixed", "it is not there yet: it begins as open"),
        ({"state": "fixed"}, "dismissed", "it is fixed, which leads to open, not to dismissed"),
        ({"state": "open"}, "gone", "a finding has no state 'gone'"),
    ],
)
def test_a_refusal_says_what_could_be(value: Value | None, state: str, said: str) -> None:
    result = moved(value, FINDING, to(state))
    assert isinstance(result, Refused)
    assert said in result.reason


def test_what_is_known_of_a_thing_is_kept_with_it() -> None:
    first = moved(None, FINDING, to("open"), path="a.py")
    assert not isinstance(first, Refused)
    second = moved(first, FINDING, to("fixed"))
    assert not isinstance(second, Refused)
    assert (second["path"], second["before"], second["state"]) == ("a.py", "open", "fixed")


def test_a_state_without_moves_is_the_end() -> None:
    machine = Machine("deploy", "done", {"done": ()})
    assert moved({"state": "done"}, machine, to("done")) == Refused(
        "it is done, which leads to nowhere, not to done"
    )
