"""The events that can start a system, and who can cause them."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event by GitHub's name. `types`: the activities it can be narrowed to (none: any word).

    `strangers`: whoever may read the repository can cause it.
    """

    name: str
    types: tuple[str, ...] = ()
    strangers: bool = False


_ISSUE = ("opened", "edited", "closed", "reopened", "labeled", "unlabeled", "assigned")
TRIGGERS = MappingProxyType(
    {
        trigger.name: trigger
        for trigger in (
            Trigger("push", ("",)),
            Trigger("merge_group", ("checks_requested",)),
            Trigger("release", ("published", "created", "released", "prereleased", "edited")),
            Trigger("repository_dispatch"),
            Trigger("issues", _ISSUE, strangers=True),
            Trigger("issue_comment", ("created",), strangers=True),
            Trigger("pull_request", (*_ISSUE, "synchronize", "ready_for_review"), strangers=True),
        )
    }
)


def is_strangers(event: str) -> bool:
    """Whether somebody who may only read the repository can cause `event`."""
    trigger = TRIGGERS.get(event)
    return trigger is not None and trigger.strangers


def refusal_of(event: str) -> str:
    """Why a system cannot start on `event` (`name` or `name.activity`); empty when it can."""
    name, _, activity = event.partition(".")
    trigger = TRIGGERS.get(name)
    if trigger is None:
        why = ""
        if name == "pull_request_target":
            why = ": it would let a stranger's pull request near the repository's token"
        return f"{event} starts no system{why}; known: {', '.join(TRIGGERS)}"
    if activity and trigger.types and activity not in trigger.types:
        return (
            f"{name} has no activity {activity!r}; known: {', '.join(filter(None, trigger.types))}"
        )
    return ""


def grouped(events: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The activities of each event, in the order of the manifest; none: all of them."""
    found: dict[str, tuple[str, ...]] = {}
    for event in events:
        name, _, activity = event.partition(".")
        found[name] = (*found.get(name, ()), *((activity,) if activity else ()))
    return found
