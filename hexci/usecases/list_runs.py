"""What runs there are, and how each stands."""

from hexci.domain.canonical import Json
from hexci.domain.run_line import RunLine
from hexci.domain.stored_run import about, complaints
from hexci.errors import BadInputError
from hexci.ports.records import Records


def list_runs(*, records: Records) -> tuple[RunLine, ...]:
    """Every recorded run, newest first; a record that cannot be read is listed with its trouble."""
    return tuple(_line(run, records) for run in reversed(records.runs()))


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
