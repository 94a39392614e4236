"""Which run records are old enough to go."""

from datetime import datetime, timedelta

from hexci.domain.stored_run import about
from hexci.errors import BadInputError
from hexci.ports.clock import Clock
from hexci.ports.records import Records


def old_runs(days: float, *, records: Records, clock: Clock) -> tuple[str, ...]:
    """Ids of the ended runs that began more than `days` ago. Running ones are never among them."""
    if not 0 <= days <= 36_500:
        raise BadInputError(f"--older-than {days:g} is not between 0 and 36500 days")
    oldest = datetime.fromisoformat(clock.now()) - timedelta(days=days)
    # a run id begins with its time, so comparing text compares times
    limit = oldest.strftime("%Y%m%dT%H%M%SZ")
    return tuple(run for run in records.runs() if run < limit and _ended(run, records))


def _ended(run: str, records: Records) -> bool:
    stored = records.load(run)
    if stored is None:
        return False
    try:
        return about(stored.files).get("status") == "ended"
    except BadInputError:
        return False
