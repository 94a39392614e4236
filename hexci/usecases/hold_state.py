"""What a pipeline holds while it runs: a lock, and its share of the day's budget."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from hexci.domain.law.limits import Amounts, Ceiling
from hexci.domain.manifests.program import Program
from hexci.domain.state import Refused, Value, released, reserved, settled, taken
from hexci.errors import BudgetError, ConflictError
from hexci.ports.cells import Cells
from hexci.ports.clock import Clock
from hexci.usecases.change_state import change_state
from hexci.usecases.enforce_law import LawGateway

# Seconds of a lock beyond its run's own limit: clocks differ. Without one: the longest job.
_MARGIN = 120.0
_LONGEST = 21_600.0


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where shared state is, and how to wait before it is tried again."""

    cells: Cells
    clock: Clock
    pause: Callable[[int], None]


@contextmanager
def holding(program: Program, owner: str, gateway: LawGateway, keeping: Keeping) -> Iterator[None]:
    """Holds what `program` names until the block ends, however it does.

    Raises ConflictError when the lock is another's, BudgetError when the day's budget cannot
    cover what the run may use; nothing is held then.
    """
    if program.lock:
        _take(program, owner, gateway, keeping)
    try:
        if program.budget:
            _reserve(program, owner, gateway, keeping)
        try:
            yield
        finally:
            if program.budget:
                _settle(program, owner, gateway, keeping)
    finally:
        if program.lock:
            name = f"locks/{program.lock}"
            _change(name, lambda lock: released(lock, owner), f"released by {owner}", keeping)


def _take(program: Program, owner: str, gateway: LawGateway, keeping: Keeping) -> None:
    name = f"locks/{program.lock}"
    gateway.require("state", name)
    now = keeping.clock.now()
    seconds = (program.ceiling.seconds or _LONGEST) + _MARGIN
    until = (datetime.fromisoformat(now) + timedelta(seconds=seconds)).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )

    def step(lock: Value | None) -> Value | Refused:
        return taken(lock, owner, f"pipeline {program.name}", now, until)

    result = _change(name, step, f"taken by {owner}", keeping)
    if isinstance(result, Refused):
        raise ConflictError(f"the lock {program.lock} is {result.reason}", "Run again later.")


def _reserve(program: Program, owner: str, gateway: LawGateway, keeping: Keeping) -> None:
    assert program.budget is not None  # noqa: S101 - asked before
    name = _budget_name(program, keeping)
    gateway.require("state", name)
    ceiling, worst = program.budget.ceiling, _worst(program.budget.ceiling, gateway.left())

    def step(budget: Value | None) -> Value | Refused:
        return reserved(budget, ceiling, owner, worst)

    result = _change(name, step, f"set aside for {owner}", keeping)
    if isinstance(result, Refused):
        raise BudgetError(result.reason, "Nothing was started. It is renewed at midnight UTC.")


def _settle(program: Program, owner: str, gateway: LawGateway, keeping: Keeping) -> None:
    used = gateway.used

    def step(budget: Value | None) -> Value | Refused:
        return settled(budget, owner, used)

    _change(_budget_name(program, keeping), step, f"settled by {owner}", keeping)


def _worst(budget: Ceiling, run: Ceiling) -> Amounts:
    """What a run could use of what the budget limits."""
    return Amounts(
        run.usd or 0.0 if budget.usd is not None else 0.0,
        run.tokens or 0 if budget.tokens is not None else 0,
        run.calls or 0 if budget.calls is not None else 0,
    )


def _budget_name(program: Program, keeping: Keeping) -> str:
    assert program.budget is not None  # noqa: S101
    return f"budget/{program.budget.name}/{keeping.clock.now()[:10]}"


def _change(
    name: str, step: Callable[[Value | None], Value | Refused], why: str, keeping: Keeping
) -> Value | Refused:
    return change_state(name, step, why, cells=keeping.cells, pause=keeping.pause)
