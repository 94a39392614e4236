"""Reading a run's record back: as untrusted data, since anybody may have pushed it."""

import json
from collections.abc import Mapping
from datetime import datetime

from hexci.domain.canonical import Json, canonical
from hexci.domain.debate.log import MESSAGES, read_log
from hexci.domain.debate.protocols import OutOfTurnError
from hexci.domain.journal import Entry, Journal, first_break
from hexci.domain.outcome import Outcome
from hexci.domain.plan import Plan
from hexci.domain.run_result import RunResult
from hexci.errors import BadInputError


def about(files: Mapping[str, bytes]) -> dict[str, Json]:
    """The content of `run.json`; empty when it is missing. Raises BadInputError when broken."""
    return _object(files.get("run.json", b"{}"), "run.json")


def journal_of(files: Mapping[str, bytes]) -> Journal:
    """The events. Raises BadInputError for lines that are not events."""
    lines = files.get("events.ndjson", b"").splitlines()
    return Journal(tuple(_entry(_object(line, f"event {n}")) for n, line in enumerate(lines, 1)))


def complaints(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with a record: a broken chain, a start without an end after its end."""
    journal = journal_of(files)
    said = []
    broken = first_break(journal.entries)
    if broken is not None:
        said.append(f"the chain of events is broken at event {broken}")
    if about(files).get("status") == "ended" and journal.open_spans:
        said.append(f"ended with open starts: {', '.join(s for s, _ in journal.open_spans)}")
    if canonical_text(journal) != files.get("events.ndjson", b""):
        said.append("the events are not in canonical form")
    return (*said, *_debate_complaints(files))


def _debate_complaints(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with the chain of messages; signatures are checked with their keys."""
    try:
        log = read_log(files.get(MESSAGES, b""))
    except (BadInputError, OutOfTurnError) as error:
        return (str(error),)
    facts = about(files)
    if facts.get("status") == "ended" and facts.get("messages_head", log.head) != log.head:
        return ("messages are missing at the end: the run ended with another last message",)
    return ()


def canonical_text(journal: Journal) -> bytes:
    """What `events.ndjson` must hold byte for byte."""
    return journal.text


def active_seconds(journal: Journal) -> float:
    """Seconds that a run was at work: from each start to the last event before its end.

    A killed run's end was written by whoever found it, so that end does not count.
    """
    total, started, last = 0.0, "", ""
    for entry in (*journal.entries, None):
        if entry is None or entry.type == "run.started":
            total += _seconds(started, last) if started else 0.0
            started = entry.at if entry else ""
        if entry is not None and entry.data.get("status") != "lost":
            last = entry.at
    return total


def result_of(run: str, plan: Plan, files: Mapping[str, bytes]) -> RunResult | None:
    """How a run of `plan` ended, as far as its record tells; None when it never did."""
    facts = about(files)
    outcome = facts.get("outcome")
    if facts.get("status") != "ended" or outcome not in {*Outcome}:
        return None
    told = {name: text for name, text in facts.items() if isinstance(text, str)}
    return RunResult(
        run,
        plan,
        Outcome(str(outcome)),
        told.get("reason", ""),
        branch=told.get("branch", ""),
        commit=told.get("commit", ""),
        candidate=told.get("candidate", ""),
        evidence_digest=told.get("evidence_digest", ""),
    )


def closed(files: Mapping[str, bytes], at: str, status: str) -> dict[str, bytes]:
    """The files that end an open record with `status`: its start had no end of its own."""
    facts = {**about(files), "status": "ended", "outcome": status}
    journal = journal_of(files).close_all(at, status)
    return {"run.json": canonical(facts) + b"\n", "events.ndjson": journal.text}


def _seconds(start: str, end: str) -> float:
    try:
        return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
    except ValueError as error:
        raise BadInputError(f"an event's time is none: {error}") from error


def _object(text: bytes, what: str) -> dict[str, Json]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadInputError(f"{what} of the record is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadInputError(f"{what} of the record is not an object")
    return value


def _entry(body: Mapping[str, Json]) -> Entry:
    match body:
        case {
            "seq": int(seq),
            "at": str(at),
            "type": str(kind),
            "span": str(span),
            "data": dict(data),
            "prev": str(prev),
        }:
            return Entry(seq, at, kind, span, data, prev)
    raise BadInputError("an event of the record lacks a key")
