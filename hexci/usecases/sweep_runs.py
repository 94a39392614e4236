"""Runs that were killed: each gets the one end it could not write itself."""

from collections.abc import Callable, Mapping

from hexci.domain.canonical import Json
from hexci.domain.stored_run import about, closed
from hexci.errors import ConflictError
from hexci.ports.clock import Clock
from hexci.ports.records import END, Records

LOST = "lost"

# Whether the process that owns a run still lives; None: it cannot be asked (another machine).
IsAlive = Callable[[Mapping[str, Json]], bool | None]


def sweep_runs(*, records: Records, clock: Clock, is_alive: IsAlive) -> tuple[str, ...]:
    """Ends every open record whose owner is gone with `lost`; the ids of those.

    A run of another machine is left alone until its lease (`expires`) is over. Two sweepers at
    once: one wins, the other finds nothing to do.
    """
    return tuple(run for run in records.unended() if _swept(run, records, clock, is_alive))


def _swept(run: str, records: Records, clock: Clock, is_alive: IsAlive) -> bool:
    stored = records.load(run)
    if stored is None:
        return False
    facts = about(stored.files)
    owner = facts.get("owner")
    if facts.get("status") != "running" or not isinstance(owner, dict):
        return False
    alive = is_alive(owner)
    expired = str(facts.get("expires", "")) < clock.now()
    if alive or (alive is None and not expired):
        return False
    try:
        records.step(run, closed(stored.files, clock.now(), LOST), f"{END}{LOST}")
    except ConflictError:
        return False
    return True
