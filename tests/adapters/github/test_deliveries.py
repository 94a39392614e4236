import contextlib
import copy
import json
from typing import Any

import pytest
from fakes.registry import webhook_examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexci.adapters.github.deliveries import parse_delivery
from hexci.domain.asking.commands import Misspelt, Verb
from hexci.domain.asking.delivery import Delivery, Inputs
from hexci.domain.asking.intent import Intent, Nothing, read_delivery
from hexci.errors import BadInputError
from hexci.usecases.replay_event import replay_event

NOW = "2026-01-02T03:04:05Z"


def delivered(name: str, payload: Any, repository: str = "") -> Delivery:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return parse_delivery(name, body, repository=repository, workflow_run="77", now=NOW)


def comment_on(*, pull: bool = False, body: str = "/hex do it") -> dict[str, Any]:
    examples = webhook_examples()["issue_comment"]
    example = copy.deepcopy(next(e for e in examples if e["action"] == "created"))
    example["comment"]["body"] = body
    if pull:
        example["issue"]["pull_request"] = {"url": "https://api.github.com/x"}
    return example


def test_every_example_of_every_event_is_an_intent_or_a_named_nothing() -> None:
    examples = webhook_examples()
    readings = [
        read_delivery(delivered(name, example), Inputs(task="t"))
        for name, payloads in examples.items()
        for example in payloads
    ]
    assert len(readings) > 300
    assert all(reading.reason for reading in readings if isinstance(reading, Nothing))
    assert any(isinstance(r, Intent) for r in readings)


def test_a_command_under_an_issue_is_read_with_who_and_when() -> None:
    example = comment_on()
    delivery = delivered("issue_comment", example)
    assert delivery.thread
    assert delivery.thread.slug == "issue-1"
    assert delivery.at == example["comment"]["created_at"]
    assert delivery.key == f"issue_comment-{example['comment']['id']}-created"
    intent = read_delivery(delivery, Inputs())
    assert isinstance(intent, Intent)
    assert (intent.command.verb, intent.command.text) == (Verb.DO, "it")
    assert intent.actor
    assert intent.actor.id == example["comment"]["user"]["id"]


def test_a_comment_on_a_pull_request_is_told_from_one_on_an_issue() -> None:
    delivery = delivered("issue_comment", comment_on(pull=True))
    assert delivery.thread
    assert delivery.thread.is_pull


def test_the_same_event_has_the_same_key_and_another_has_another() -> None:
    one, other = comment_on(), comment_on()
    other["comment"]["id"] += 1
    assert delivered("issue_comment", one) == delivered("issue_comment", comment_on())
    assert delivered("issue_comment", one).key != delivered("issue_comment", other).key


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"action": "edited"}, "only a new one"),
        ({"action": "deleted"}, "only a new one"),
        ({"comment": {"updated_at": "2030-01-01T00:00:00Z"}}, "edited before it was read"),
        ({"comment": {"body": "<!-- hexci:x -->\n/hex do it"}}, "own"),
        ({"comment": {"user": {"login": "x[bot]", "id": 5, "type": "Bot"}}}, "bot"),
        ({"sender": {"login": "x[bot]", "id": 5, "type": "Bot"}}, "bot"),
        ({"sender": {"login": "x", "id": 5, "type": "Organization"}}, "bot"),
        ({"sender": {"login": "mallory", "id": 6, "type": "User"}}, "not who sent"),
        ({"comment": {"body": "> /hex do it"}}, "no /hex command"),
    ],
)
def test_what_must_not_start_anything_is_nothing_and_says_why(
    change: dict[str, Any], reason: str
) -> None:
    example = comment_on()
    for key, value in change.items():
        if isinstance(value, dict):
            example[key] |= value
        else:
            example[key] = value
    reading = read_delivery(delivered("issue_comment", example), Inputs())
    assert isinstance(reading, Nothing)
    assert reason in reading.reason


def test_a_bot_that_is_listed_by_its_number_may_ask() -> None:
    example = comment_on()
    example["comment"]["user"] |= {"login": "renovate[bot]", "id": 29, "type": "Bot"}
    example["sender"] = example["comment"]["user"]
    delivery = delivered("issue_comment", example)
    assert isinstance(read_delivery(delivery, Inputs()), Nothing)
    assert isinstance(read_delivery(delivery, Inputs(bots=frozenset({29}))), Intent)


def test_a_label_asks_only_when_it_is_the_named_one_and_the_author_vouches() -> None:
    example = copy.deepcopy(
        next(e for e in webhook_examples()["issues"] if e["action"] == "labeled")
    )
    example["label"]["name"] = "hexci"
    example["issue"]["title"] = "Crash on <!-- drop tables -->empty\u200b input"
    intent = read_delivery(delivered("issues", example), Inputs())
    assert isinstance(intent, Intent)
    assert intent.command.text == "Crash on empty input"
    assert intent.vouched
    assert intent.vouched.id == example["issue"]["user"]["id"]
    example["label"]["name"] = "bug"
    assert isinstance(read_delivery(delivered("issues", example), Inputs()), Nothing)


def test_pull_request_target_is_never_acted_upon() -> None:
    payload = webhook_examples()["pull_request"][0]
    reading = read_delivery(delivered("pull_request_target", payload), Inputs(task="t"))
    assert isinstance(reading, Nothing)
    assert "use pull_request" in reading.reason


def test_a_head_whose_repository_is_gone_is_a_fork() -> None:
    example = copy.deepcopy(webhook_examples()["pull_request"][0])
    example["pull_request"]["head"]["repo"] = None
    delivery = delivered("pull_request", example)
    assert delivery.change
    assert delivery.change.from_fork


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (b"", "not JSON"), (b"[]", "not an object"), (b"[" * 100_000, "not JSON"),
        (b'{"comment": 1}', "comment"), (b'{"issue": {"number": "1"}}', "issue.number"),
        (b'{"comment": {"id": 1, "created_at": "soon"}}', "created_at"),
    ],
)  # fmt: skip
def test_what_is_no_payload_is_bad_input(payload: bytes, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        delivered("issue_comment", payload)


def test_an_event_of_another_repository_is_not_believed() -> None:
    with pytest.raises(BadInputError, match="the job of octo/other"):
        delivered("issue_comment", comment_on(), "octo/other")


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_examples_never_crash(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(webhook_examples())))
    example = copy.deepcopy(data.draw(st.sampled_from(webhook_examples()[name])))
    place: Any = example
    for _ in range(data.draw(st.integers(0, 3))):
        keys = [k for k in place if isinstance(place[k], dict) and place[k]]
        if not keys:
            break
        place = place[data.draw(st.sampled_from(sorted(keys)))]
    key = data.draw(st.sampled_from(sorted(place) or ["x"]))
    if data.draw(st.booleans()):
        place.pop(key, None)
    else:
        place[key] = data.draw(JSON)
    with contextlib.suppress(BadInputError):
        delivery = delivered(name, example)
        reading = read_delivery(delivery, Inputs(task="t"))
        assert isinstance(reading, Intent | Misspelt | Nothing)
        writes, fork = data.draw(st.booleans()), data.draw(st.booleans())
        told = replay_event(delivery, Inputs(task="t"), writes=writes, fork=fork)
        assert told.word in {"nothing", "misspelt", "denied", "allowed"}
        assert told.reason
        stranger = name not in {"schedule", "pull_request", "merge_group"} and not writes
        assert told.word != "allowed" or not stranger
