"""Things with a life of their own: moved by compare-and-swap, one commit a move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hexci.domain.machine import Machine, Move, moved
from hexci.domain.state import Refused, Value
from hexci.errors import BadInputError, ConflictError
from hexci.ports.cells import Cells
from hexci.usecases.change_state import change_state

FOLDER = "entities"


@dataclass(frozen=True, slots=True)
class Registry:
    """The kinds there are, and where the things are kept."""

    machines: Mapping[str, Machine]
    cells: Cells
    pause: Callable[[int], None]

    def machine(self, kind: str) -> Machine:
        """The kind of a thing. Raises BadInputError for an unknown one."""
        if kind not in self.machines:
            known = ", ".join(sorted(self.machines))
            raise BadInputError(f"there is no kind of entity {kind!r}", f"The kinds: {known}")
        return self.machines[kind]

    def state(self, kind: str, name: str) -> Value | None:
        """A thing as it stands; None for one that is not known."""
        self.machine(kind)
        found = self.cells.read(entity_name(kind, name))
        return found.value if found else None


def move_entity(kind: str, name: str, move: Move, registry: Registry) -> Value:
    """Moves a thing. Raises ConflictError where its state does not lead there."""
    machine = registry.machine(kind)

    def step(value: Value | None) -> Value | Refused:
        return moved(value, machine, move)

    why = f"{move.to} by {move.by}"
    place = entity_name(kind, name)
    result = change_state(place, step, why, cells=registry.cells, pause=registry.pause)
    if isinstance(result, Refused):
        raise ConflictError(f"{kind}/{name}: {result.reason}", f"See: hexci entity show {kind}/…")
    return result


def check_move(kind: str, name: str, move: Move, registry: Registry) -> None:
    """Raises ConflictError where a move could not be made now; changes nothing."""
    result = moved(registry.state(kind, name), registry.machine(kind), move)
    if isinstance(result, Refused):
        raise ConflictError(f"{kind}/{name}: {result.reason}")


def entity_name(kind: str, name: str) -> str:
    """Where a thing is kept."""
    return f"{FOLDER}/{kind}/{name}"
