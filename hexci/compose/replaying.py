"""Wires `hexci replay`: an event from a file, and the plan that CI would execute."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.planning import config_at, plan_of

if TYPE_CHECKING:
    from hexci.domain.asking.delivery import Delivery, Inputs
    from hexci.domain.canonical import Json
    from hexci.usecases.replay_event import Replay


def replay(
    payload: bytes, event: str, inputs: "Inputs", *, writes: bool, fork: bool
) -> "dict[str, Json]":
    """One JSON object: what the event asks, whether it is allowed, and the plan if it is."""
    from hexci.adapters.github.deliveries import parse_delivery
    from hexci.adapters.machine.clock import SystemClock
    from hexci.domain.asking.commands import Verb
    from hexci.domain.canonical import plain
    from hexci.usecases.replay_event import replay_event

    now = SystemClock().now()
    delivery = parse_delivery(event, payload, repository="", workflow_run="replay", now=now)
    found = replay_event(delivery, inputs, writes=writes, fork=fork)
    told: dict[str, Json] = {
        "event": f"{event} {delivery.action}".strip(),
        "key": delivery.key,
        "answer": found.word,
        "reason": found.reason,
        "trust": found.ruling.trust.value if found.ruling else "",
        "command": plain(found.command),
        "plan": None,
    }
    planned = {Verb.DO, Verb.REVIEW, Verb.BUILD}
    if found.word == "allowed" and found.command and found.command.verb in planned:
        told["plan"] = _plan(delivery, found, inputs)
    return told


def _plan(delivery: "Delivery", found: "Replay", inputs: "Inputs") -> "Json":
    """The plan on HEAD of the checkout we are in; what the command leaves open, `inputs` say."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.domain.asking.commands import Verb
    from hexci.domain.asking.intent import ANY_TASK
    from hexci.domain.canonical import plain
    from hexci.domain.plan import Event
    from hexci.usecases.plan_task import TaskRequest

    command, ruling = found.command, found.ruling
    assert command is not None  # noqa: S101 - the caller saw that it is allowed
    assert ruling is not None  # noqa: S101 - likewise
    actor = delivery.sender.login if delivery.sender else delivery.name
    review = command.verb is Verb.REVIEW
    candidates = command.candidates or inputs.candidates
    request = TaskRequest(
        task=f"review {command.text}".rstrip() if review else command.text or ANY_TASK,
        event=Event(delivery.key, command.verb.value, actor, delivery.at),
        evidence=command.evidence or inputs.evidence or None,
        mode=command.mode,
        files=command.files or inputs.files,
        candidates=candidates or (("repair",) if review else ()),
        trust=ruling.trust,
    )
    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        config = config_at(quarters, checkout.resolve("HEAD"))
        return plain(plan_of(request, "HEAD", config, checkout, quarters, progress))
