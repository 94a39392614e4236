"""The node kind `wait`: suspends the run until somebody says yes, or no."""

from collections.abc import Callable

from hexci.domain.outcome import Outcome
from hexci.domain.state import Refused, Value, answered
from hexci.errors import BadInputError, DeniedError
from hexci.ports.cells import Cells
from hexci.ports.clock import Clock
from hexci.ports.doer import Done, Task
from hexci.usecases.change_state import change_state
from hexci.usecases.doers.arguments import text


def await_approval(*, cells: Cells, clock: Clock) -> Callable[[Task], Done]:
    """What carries out `wait` nodes."""

    def carry_out(task: Task) -> Done:
        name = wait_name(task.context.run, task.node)
        found = task.gateway.perform("state", name, lambda: _asked(name, task, cells, clock))
        state, by = str(found.get("state", "")), str(found.get("by", ""))
        if state == "rejected":
            raise DeniedError(f"{by} said no", "Start a new run when that has changed.")
        if state != "approved":
            how = f"hexci run --resume {task.context.run} --approve {task.node}"
            return Done(Outcome.SUSPENDED, {}, f"waits for an approval: {how}")
        return Done(Outcome.OK, {"approved": True, "by": by})

    return carry_out


def answer_wait(  # noqa: PLR0913 - who answers what, and by what means
    run: str, node: str, by: str, *, approved: bool, cells: Cells, clock: Clock,
    pause: Callable[[int], None],
) -> None:  # fmt: skip
    """Gives the one answer to a wait. Raises BadInputError where nothing waits, or no more."""
    name = wait_name(run, node)

    def step(value: Value | None) -> Value | Refused:
        return answered(value, by, clock.now(), approved=approved)

    why = f"{'approved' if approved else 'rejected'} by {by}"
    result = change_state(name, step, why, cells=cells, pause=pause)
    if isinstance(result, Refused):
        raise BadInputError(f"{node} of {run}: {result.reason}", f"See: hexci show {run}")


def wait_name(run: str, node: str) -> str:
    """Where the wait of a node stands."""
    return f"waits/{run}/{node.replace('/', '.')}"


def _asked(name: str, task: Task, cells: Cells, clock: Clock) -> Value:
    found = cells.read(name)
    if found is not None:
        return found.value
    value = {"state": "open", "run": task.context.run, "node": task.node,
             "reason": text(task.arguments, "reason"), "since": clock.now()}  # fmt: skip
    cells.swap(name, None, value, f"{task.node} waits")
    return value
