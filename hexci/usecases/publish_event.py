"""The bus: an event is put on its topic's record, then whoever listens is started."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json, canonical
from hexci.domain.lineage import Lineage
from hexci.domain.manifests.context import DEEPEST
from hexci.domain.state import Refused, Value, published
from hexci.errors import BadInputError, DeniedError
from hexci.ports.cells import Cells
from hexci.ports.clock import Clock
from hexci.ports.forge import Dispatch
from hexci.usecases.change_state import change_state

FOLDER = "bus"
# Events that a topic's record keeps; older ones are in its history.
_KEPT = 20
# What GitHub takes: 64 KB in all; what is published are pointers, never data.
_MOST_BYTES = 16_000


@dataclass(frozen=True, slots=True)
class Bus:
    """Where topics are kept, and who starts those that listen (None: nobody is in reach)."""

    cells: Cells
    clock: Clock
    pause: Callable[[int], None]
    dispatch: Dispatch | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, at which commit, in which chain of events."""

    actor: str
    commit: str
    lineage: Lineage


def publish_event(
    topic: str, data: Mapping[str, Json], who: Publisher, bus: Bus
) -> tuple[int, bool]:
    """The event's number on its topic, and whether anybody was started.

    Raises DeniedError for the eleventh event of a chain, BadInputError for too much data.
    """
    lineage = who.lineage
    if lineage.depth >= DEEPEST:
        said = f"{topic}: event {lineage.depth + 1} of a chain that began with {lineage.root}"
        raise DeniedError(said, f"Events start events at most {DEEPEST} deep.")
    if len(canonical(dict(data))) > _MOST_BYTES:
        raise BadInputError(f"{topic}: more than {_MOST_BYTES} bytes of data", "Publish a pointer.")
    event: dict[str, Json] = {
        "at": bus.clock.now(), "by": who.actor, "commit": who.commit, "run": lineage.run,
        "root": lineage.root or lineage.run, "depth": lineage.depth + 1, "data": dict(data),
    }  # fmt: skip

    def step(value: Value | None) -> Value:
        return published(value, event, _KEPT)

    why = f"published by {who.actor}"
    value = change_state(f"{FOLDER}/{topic}", step, why, cells=bus.cells, pause=bus.pause)
    assert not isinstance(value, Refused)  # noqa: S101 - a topic takes every event
    serial = value["serial"]
    assert isinstance(serial, int)  # noqa: S101 - it was numbered just now
    if bus.dispatch is None:
        return serial, False
    bus.dispatch.dispatch(f"hexci.{topic}", {"topic": topic, "serial": serial, **event})
    return serial, True
