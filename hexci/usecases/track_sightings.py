"""What a check found this time, beside what it knew: new, come back, gone, dismissed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hexci.domain.canonical import Json
from hexci.domain.machine import Machine, Move, sighted
from hexci.domain.state import Refused, Value
from hexci.ports.cells import Cell
from hexci.ports.gateway import Gateway
from hexci.usecases.change_state import change_state
from hexci.usecases.move_entity import FOLDER, Registry, entity_name


@dataclass(frozen=True, slots=True)
class Sighting:
    """A thing as it was found: its state, and facts that are kept with it."""

    name: str
    state: str
    facts: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Tracked:
    """Names by what became of them. `refused` are moves that the machine does not have."""

    new: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def track_findings(
    found: Mapping[str, Mapping[str, Json]], source: str, move: Move, registry: Registry,
    law: Gateway,
) -> Tracked:  # fmt: skip
    """Findings by fingerprint: unknown ones open, fixed ones open again, absent ones are fixed.

    Only what the same `source` found before can be gone. What a person dismissed stays so.
    """
    machine = registry.machine("finding")
    known = registry.cells.under(f"{FOLDER}/{machine.name}")
    tracked = Tracked()
    for name, facts in found.items():
        cell = known.get(entity_name(machine.name, name))
        state = str(cell.value.get("state")) if cell else ""
        if state == "dismissed":
            tracked = replace(tracked, dismissed=(*tracked.dismissed, name))
        elif state not in {"open", "acknowledged"}:
            sighting = Sighting(name, "open", {**facts, "source": source})
            tracked = _kept(sighting, cell, machine, move, registry, law, tracked)
    for place, cell in known.items():
        name = place.rpartition("/")[2]
        if name in found or cell.value.get("source") != source:
            continue
        if cell.value.get("state") in {"open", "acknowledged"}:
            sighting = Sighting(name, "fixed", {})
            tracked = _kept(sighting, cell, machine, move, registry, law, tracked)
            tracked = replace(tracked, gone=(*tracked.gone, name))
    return tracked


def track_states(
    found: Mapping[str, Sighting], kind: str, move: Move, registry: Registry, law: Gateway
) -> Tracked:
    """Things whose state is written elsewhere, such as decisions: each move is checked here."""
    machine = registry.machine(kind)
    known = registry.cells.under(f"{FOLDER}/{kind}")
    tracked = Tracked()
    for name, sighting in found.items():
        cell = known.get(entity_name(kind, name))
        if cell is None or cell.value.get("state") != sighting.state:
            tracked = _kept(sighting, cell, machine, move, registry, law, tracked)
    return tracked


def _kept(  # noqa: PLR0913, PLR0917 - one thing, and all it depends on
    sighting: Sighting,
    cell: Cell | None,
    machine: Machine,
    move: Move,
    registry: Registry,
    law: Gateway,
    tracked: Tracked,
) -> Tracked:
    move = replace(move, to=sighting.state)
    place = entity_name(machine.name, sighting.name)

    def step(value: Value | None) -> Value | Refused:
        return sighted(value, machine, move, **sighting.facts)

    result = law.perform(
        "state",
        place,
        lambda: change_state(
            place, step, f"{move.to} by {move.by}", cells=registry.cells, pause=registry.pause
        ),
    )
    if isinstance(result, Refused):
        return replace(tracked, refused=(*tracked.refused, f"{sighting.name}: {result.reason}"))
    if cell is None:
        return replace(tracked, new=(*tracked.new, sighting.name))
    return replace(tracked, moved=(*tracked.moved, sighting.name))
