"""What runs there are, and how each stands."""

from hexci.domain.canonical import Json
from hexci.domain.run_line import RunLine
from hexci.domain.stored_run import about, complaints
from hexci.errors import BadInputError
from hexci.ports.records import Records, StoredRun


def list_runs(most: int, *, records: Records) -> tuple[RunLine, ...]:
    """The newest `most` runs, newest first; one that cannot be read is listed with its trouble."""
    newest = list(reversed(records.runs()))[: max(0, most)]
    return tuple(_line(run, records) for run in newest)


def find_run(name: str, *, records: Records) -> StoredRun:
    """The record whose id is, begins or ends with `name`; `last` is the newest.

    Raises BadInputError when there is none, or more than one.
    """
    known = records.runs()
    matching = [run for run in known if run.startswith(name) or run.endswith(name)]
    exact = list(known[-1:]) if name == "last" else [r for r in known if r == name] or matching
    if len(exact) > 1:
        raise BadInputError(f"{name!r} names {len(exact)} runs: {', '.join(exact[:5])}")
    stored = records.load(exact[0]) if exact else None
    if stored is None:
        raise BadInputError(f"there is no run {name!r}", "See: hexci ps")
    return stored


def waiting_run(name: str, *, records: Records) -> StoredRun:
    """The record to go on with; `last` is the newest pipeline that waits or was lost.

    Raises BadInputError when there is none.
    """
    if name != "last":
        return find_run(name, records=records)
    for run in reversed(records.runs()):
        stored = records.load(run)
        facts = about(stored.files) if stored else {}
        waits = facts.get("status") == "suspended" or facts.get("outcome") == "lost"
        if stored and waits and facts.get("kind") == "pipeline":
            return stored
    raise BadInputError("no run waits, and none was lost", "See: hexci ps")


def _line(run: str, records: Records) -> RunLine:
    stored = records.load(run)
    if stored is None:
        return RunLine(run, "gone", "", "", "", 0.0)
    try:
        facts = about(stored.files)
        trouble = complaints(stored.files)
    except BadInputError as error:
        return RunLine(run, "unreadable", "", "", "", 0.0, (error.message,))
    return RunLine(
        run=run,
        outcome=_text(facts, "outcome") or _text(facts, "status"),
        task=_text(facts, "task"),
        candidate=_text(facts, "candidate"),
        branch=_text(facts, "branch"),
        seconds=_number(facts.get("seconds")),
        trouble=trouble,
    )


def _text(facts: dict[str, Json], name: str) -> str:
    value = facts.get(name, "")
    return value if isinstance(value, str) else ""


def _number(value: Json) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
