"""Records for a person and for a program."""

import json
from collections.abc import Mapping, Sequence

from hexci.domain.canonical import Json, plain
from hexci.domain.ledger.body import card_sentence
from hexci.domain.ledger.record import Record


def list_as_text(records: Sequence[Record], held: Mapping[str, str]) -> str:
    """One line a record: status, id, title, and what holds today where it was looked at."""
    width = max((len(r.id) for r in records), default=0)
    lines = [
        f"{r.status!s:10}  {r.id:{width}}  {r.title}{_held(r, held)}".rstrip() for r in records
    ]
    return "\n".join(lines or ["no records"]) + "\n"


def list_as_document(records: Sequence[Record], held: Mapping[str, str]) -> str:
    """One JSON document."""
    listed: list[Json] = [{**_facts(r), "holds": held.get(r.id)} for r in records]
    return json.dumps({"records": listed}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def record_as_document(record: Record) -> str:
    """One record with its body as JSON."""
    whole = {**_facts(record), "body": record.body}
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _held(record: Record, held: Mapping[str, str]) -> str:
    return f"  [{held[record.id]}]" if record.id in held else ""


def _facts(record: Record) -> dict[str, Json]:
    header = plain(dict(record.header))
    assert isinstance(header, dict)  # noqa: S101
    card = card_sentence(record.body)
    return {**header, "path": record.path, "title": record.title, "card": card}
