import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.asking.claim import Claim, ClaimState, later, pack, read_claim
from hexci.domain.asking.commands import Command, Verb, parse_command
from hexci.domain.asking.quota import Use, read_use
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

NOW = "2026-01-02T03:04:05Z"
CLAIM = Claim(
    "issue_comment-1-created", "issue-12", "do", pack(Command(Verb.DO, "/hex do it", "it")), "ada",
    7, NOW, "", "55", 1, later(NOW, 60),
)  # fmt: skip


def test_a_claim_is_read_as_it_was_stored() -> None:
    stored = json.loads(json.dumps(CLAIM.document()))
    assert read_claim(stored) == CLAIM
    assert CLAIM.command == Command(Verb.DO, "/hex do it", "it")
    assert CLAIM.name.startswith("events/20260102/issue-12/")


@pytest.mark.parametrize(
    ("state", "run", "attempt", "now", "taken"),
    [
        (ClaimState.OPEN, "55", 1, NOW, False),
        (ClaimState.OPEN, "55", 2, NOW, True),
        (ClaimState.OPEN, "56", 2, NOW, False),
        (ClaimState.OPEN, "56", 1, later(NOW, 61), True),
        (ClaimState.LANDING, "55", 2, NOW, True),
        (ClaimState.STOPPED, "55", 2, later(NOW, 61), False),
        (ClaimState.DONE, "55", 2, later(NOW, 61), False),
        (ClaimState.WAITING, "55", 2, later(NOW, 61), False),
    ],
)
def test_only_a_dead_job_loses_its_claim(
    state: ClaimState, run: str, attempt: int, now: str, *, taken: bool
) -> None:
    assert taken == replace(CLAIM, state=state).may_be_taken(run, attempt, now)


@pytest.mark.parametrize("key", sorted(CLAIM.document()))
@pytest.mark.parametrize("value", [None, [], {"x": 1}, True])
def test_a_damaged_claim_is_refused_and_never_believed(key: str, value: Json) -> None:
    with pytest.raises(BadInputError):
        read_claim({**CLAIM.document(), key: value}).command  # noqa: B018 - reading is the point


@given(st.text(max_size=60), st.text("ab -='\"", max_size=40))
def test_every_command_that_parses_survives_its_claim(text: str, options: str) -> None:
    command = parse_command(f"/hex do {text} {options}")
    if isinstance(command, Command):
        assert replace(CLAIM, asked=pack(command)).command == command


def test_a_records_use_is_its_actor_and_what_its_candidates_cost() -> None:
    about = {
        "status": "ended", "outcome": "committed", "event": {"actor": "ada"},
        "tried": [
            {"name": "a", "usage": [["usd", 0.25], ["prompt_tokens", 5]]},
            {"name": "b", "usage": [["usd", None]]},
            {"name": "c", "usage": [["usd", 1]]},
        ],
    }  # fmt: skip
    files = {"run.json": json.dumps(about).encode(), "plan.json": b"{}"}
    assert read_use("r", files) == Use("r", "ada", 1.25)
    assert read_use("r", {"run.json": b"nonsense"}) == Use("r", "")
