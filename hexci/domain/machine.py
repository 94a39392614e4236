"""State machines of things that outlive a run: which state may follow which. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hexci.domain.canonical import Json
from hexci.domain.ledger.status import TRANSITIONS, Status
from hexci.domain.state import Refused, Value


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of thing: the state it begins in, and the moves from each state."""

    name: str
    initial: str
    moves: Mapping[str, tuple[str, ...]]

    def leads(self, before: str, after: str) -> bool:
        """Whether `after` may follow `before`."""
        return after in self.moves.get(before, ())


FINDING = Machine(
    "finding",
    "open",
    MappingProxyType(
        {
            "open": ("acknowledged", "dismissed", "fixed"),
            "acknowledged": ("open", "dismissed", "fixed"),
            "dismissed": ("open",),
            "fixed": ("open",),
        }
    ),
)
ADR = Machine(
    "adr",
    Status.PROPOSED.value,
    MappingProxyType(
        {old.value: tuple(sorted(new.value for new in news)) for old, news in TRANSITIONS.items()}
    ),
)
# What every repository has; the config may add others.
MACHINES = MappingProxyType({machine.name: machine for machine in (FINDING, ADR)})


@dataclass(frozen=True, slots=True)
class Move:
    """One step of one thing: where to, by whom, when, why, in which run."""

    to: str
    by: str
    at: str
    why: str = ""
    run: str = ""


def moved(value: Value | None, machine: Machine, move: Move, **facts: Json) -> Value | Refused:
    """The thing after a move. One that is not known yet begins in the initial state."""
    if move.to not in machine.moves:
        return Refused(f"a {machine.name} has no state {move.to!r}: {', '.join(machine.moves)}")
    before = str(value.get("state", "")) if value else ""
    if not before and move.to != machine.initial:
        return Refused(f"it is not there yet: it begins as {machine.initial}")
    if before and not machine.leads(before, move.to):
        onward = ", ".join(machine.moves.get(before, ())) or "nowhere"
        return Refused(f"it is {before}, which leads to {onward}, not to {move.to}")
    return _after(value, before, move, facts)


def sighted(value: Value | None, machine: Machine, move: Move, **facts: Json) -> Value | Refused:
    """The thing as it was found: unknown ones may begin in any state, known ones only move."""
    if value is None and move.to in machine.moves:
        return _after(None, "", move, facts)
    return moved(value, machine, move, **facts)


def _after(value: Value | None, before: str, move: Move, facts: Mapping[str, Json]) -> Value:
    serial = value.get("serial") if value else 0
    return {
        **(value or {}),
        **facts,
        "state": move.to,
        "before": before,
        "by": move.by,
        "at": move.at,
        "why": move.why,
        "run": move.run,
        "serial": (serial if isinstance(serial, int) else 0) + 1,
    }
