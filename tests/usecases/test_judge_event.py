"""Who caused the event of a system's job, and what that leaves."""

import pytest
from fakes.forges import PEOPLE, FakeForge

from hexci.domain.asking.delivery import Change, Delivery, Person
from hexci.domain.plan import Trust
from hexci.usecases.judge_event import layer_for, trust_in

CHANGE = Change("a" * 40, "b" * 40)
FORK = Change("a" * 40, "b" * 40, from_fork=True)


def delivery(name: str, sender: Person | None, change: Change | None = None) -> Delivery:
    return Delivery(name, "opened", "k", "2026-01-02T03:04:05Z", "o/r", "main", sender,
                    change=change)  # fmt: skip


@pytest.mark.parametrize(
    ("event", "sender", "change", "trust"),
    [
        ("schedule", None, None, Trust.TRUSTED),
        ("push", PEOPLE["mallory"], CHANGE, Trust.TRUSTED),
        ("issues", PEOPLE["ada"], None, Trust.TRUSTED),
        ("issues", PEOPLE["bob"], None, Trust.UNTRUSTED),
        ("issues", None, None, Trust.UNTRUSTED),
        ("issue_comment", PEOPLE["mallory"], None, Trust.UNTRUSTED),
        ("issues", Person("ada", 7, is_bot=True), None, Trust.UNTRUSTED),
        ("issues", Person("ada", 700), None, Trust.UNTRUSTED),  # another account of that name
        ("pull_request", PEOPLE["ben"], CHANGE, Trust.MEMBER),
        ("pull_request", PEOPLE["ada"], FORK, Trust.UNTRUSTED),
    ],
)
def test_trust_is_asked_of_the_forge_where_strangers_can_cause_the_event(
    event: str, sender: Person | None, change: Change | None, trust: Trust
) -> None:
    assert trust_in(delivery(event, sender, change), people=FakeForge()) is trust


def test_a_stranger_has_things_looked_at_and_nothing_else() -> None:
    layer = layer_for(Trust.UNTRUSTED)
    assert layer is not None
    refused = [verb for verb in ("llm", "spawn", "git.push", "comment") if layer.refusal(verb, "")]
    assert (layer.refusal("fs.read", ""), len(refused)) == ("", 4)
    assert layer_for(Trust.MEMBER) is layer_for(Trust.TRUSTED) is None
