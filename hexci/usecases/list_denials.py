"""What runs wanted and could not have: worth reading, by whoever sets the law."""

from collections.abc import Iterator

from hexci.domain.canonical import Json
from hexci.domain.journal import Entry
from hexci.domain.run_line import DenialLine
from hexci.domain.stored_run import journal_of
from hexci.errors import BadInputError
from hexci.ports.records import Records

_KINDS = {"cap.denied": "denied", "limit.exceeded": "limit"}


def list_denials(most: int, *, records: Records) -> tuple[DenialLine, ...]:
    """The denials of the newest `most` runs, newest first; unreadable records have none."""
    newest = list(reversed(records.runs()))[: max(0, most)]
    return tuple(line for run in newest for line in reversed(tuple(_denials(run, records))))


def _denials(run: str, records: Records) -> Iterator[DenialLine]:
    stored = records.load(run)
    try:
        entries = journal_of(stored.files).entries if stored else ()
    except BadInputError:
        return
    for entry in entries:
        if entry.type in _KINDS:
            yield _line(run, entry)


def _line(run: str, entry: Entry) -> DenialLine:
    verb, scope = _text(entry.data.get("verb")), _text(entry.data.get("scope"))
    effect = f"{verb}:{scope}" if scope else verb
    reason = _text(entry.data.get("reason"))
    return DenialLine(run, entry.at, entry.span, _KINDS[entry.type], effect, reason)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
