"""Changing shared state: read, step, swap; tried again when another was faster."""

from collections.abc import Callable

from hexci.domain.state import Refused, Value
from hexci.errors import ConflictError
from hexci.ports.cells import Cells

# Tries before it fails closed; with jitter between them 50 runners get through.
_TRIES = 40

Step = Callable[[Value | None], Value | Refused]


def change_state(
    name: str, step: Step, why: str, *, cells: Cells, pause: Callable[[int], None]
) -> Value | Refused:
    """The new value of `name`, or why the step was refused.

    `pause` waits before try N+1 (with jitter). Raises ConflictError when others were always
    faster: nothing was changed then.
    """
    for attempt in range(_TRIES):
        before = cells.read(name)
        value = step(before.value if before else None)
        if isinstance(value, Refused):
            return value
        if cells.swap(name, before, value, why):
            return value
        pause(attempt)
    raise ConflictError(f"{name} kept changing for {_TRIES} tries", "Try again later.")
