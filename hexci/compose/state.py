"""Wires shared state: cells, entities, the bus; and the verbs that change them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose import forge
from hexci.compose.governing import allowed
from hexci.compose.planning import config_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hexci.adapters.git.checkout import Checkout
    from hexci.domain.canonical import Json
    from hexci.domain.config import Config
    from hexci.ports.cells import Cells
    from hexci.usecases.move_entity import Registry
    from hexci.usecases.publish_event import Bus


def cells_of(checkout: "Checkout") -> "Cells":
    """Shared state: of the remote that HEXCI_STATE_REMOTE names, else of this repository."""
    from hexci.adapters.git.cells import GitCells

    return GitCells(checkout.git, os.environ.get("HEXCI_STATE_REMOTE", ""))


def pause(attempt: int) -> None:
    """Waits before shared state is tried to be changed again: longer each time, with jitter."""
    import random
    import time

    time.sleep(random.random() * min(1.0, 0.02 * 2**attempt))  # noqa: S311 - jitter


def registry_of(checkout: "Checkout", config: "Config") -> "Registry":
    """The kinds of entities, and where they are kept."""
    from hexci.usecases.move_entity import Registry

    return Registry(config.machines, cells_of(checkout), pause)


def bus_of(checkout: "Checkout") -> "Bus":
    """The topics, and the forge that starts who listens, where one is in reach."""
    from hexci.adapters.machine.clock import SystemClock
    from hexci.usecases.publish_event import Bus

    dispatch = forge.forge_here() if forge.place() else None
    return Bus(cells_of(checkout), SystemClock(), pause, dispatch)


def entities(kind: str) -> str:
    """One line an entity: of one kind, or of all."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.usecases.move_entity import FOLDER

    checkout = Checkout.at(Path.cwd())
    found = cells_of(checkout).under(f"{FOLDER}/{kind}" if kind else FOLDER)
    lines = [
        f"{cell.value.get('state', ''):14} {name.removeprefix(f'{FOLDER}/'):36} "
        f"{cell.value.get('message') or cell.value.get('why') or ''}".rstrip()
        for name, cell in found.items()
    ]
    return "".join(f"{line}\n" for line in lines) or "there is none\n"


def entity_history(name: str) -> str:
    """An entity's moves, newest first. Raises BadInputError where there is none."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.errors import BadInputError

    kind, key = _named(name)
    moves = cells_of(Checkout.at(Path.cwd())).history(f"entities/{kind}/{key}", 100)
    if not moves:
        raise BadInputError(f"there is no entity {name}", "See: hexci entity ls")
    return "".join(_move_line(move) for move in moves)


def move(name: str, to: str, why: str) -> str:
    """Moves an entity; says what it was and is. Denied where the law about people says so."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.asker import argv_event
    from hexci.domain.machine import Move
    from hexci.usecases.move_entity import move_entity

    kind, key = _named(name)
    checkout = Checkout.at(Path.cwd())
    commit = checkout.resolve("HEAD")
    with quarters_for(checkout) as quarters:
        config = config_at(quarters, commit)
    registry, event = registry_of(checkout, config), argv_event()
    registry.machine(kind)
    allowed("move", f"entities/{kind}/{key}", commit, config, checkout, actor=event.actor)
    value = move_entity(kind, key, Move(to, event.actor, event.at, why), registry)
    return _move_line(value)


def publish(topic: str, data: "Mapping[str, Json]") -> str:
    """Puts an event on a topic; says its number and whether anybody was started."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.machine.asker import argv_event
    from hexci.adapters.machine.asking_place import lineage_of
    from hexci.usecases.publish_event import Publisher, publish_event

    checkout = Checkout.at(Path.cwd())
    commit = checkout.resolve("HEAD")
    with quarters_for(checkout) as quarters:
        config = config_at(quarters, commit)
    event = argv_event()
    allowed("publish", f"bus/{topic}", commit, config, checkout, actor=event.actor)
    publisher = Publisher(event.actor, commit, lineage_of(os.environ))
    serial, started = publish_event(topic, data, publisher, bus_of(checkout))
    who = "its listeners were started" if started else f"nobody was started: {forge.NOWHERE}"
    return f"{topic} {serial}: recorded; {who}\n"


def _named(name: str) -> tuple[str, str]:
    from hexci.errors import BadInputError

    kind, slash, key = name.partition("/")
    if not slash or not key:
        raise BadInputError(f"{name!r} names no entity", "Say TYPE/ID: see hexci entity ls")
    return kind, key


def _move_line(value: "Mapping[str, Json]") -> str:
    said = f"{value.get('before') or '(new)'} → {value.get('state')}"
    why = f"  {value['why']}" if value.get("why") else ""
    return f"{value.get('at')}  {said:28} by {value.get('by')}{why}\n"
