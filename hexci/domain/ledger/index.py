"""The index of the ledger: one line a record, by epoch, with the number of its landing."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hexci.domain.ledger.policy import LedgerPolicy
from hexci.domain.ledger.record import Record

_LAST = re.compile(r"<!-- .* Last ordinal: (\d+)\. -->")
_LINE = re.compile(r"\| (\d+) \| \[(?:[^\]\\]|\\.)*\]\(([^()]*)\.md\) \|")


def render_index(records: Iterable[Record], policy: LedgerPolicy, before: str | None) -> str:
    """The whole index. `before` is the base's index: known records keep their numbers.

    A record's number is the order in which it came into the ledger; numbers are never used
    again. New ones are numbered by date and id.
    """
    ordered = sorted(records, key=lambda r: (r.date, r.id))
    numbers, last = _ordinals(before or "")
    for record in ordered:
        if record.id not in numbers:
            last += 1
            numbers[record.id] = last
    lines = [
        "# Decisions",
        "",
        f"<!-- Made by `hexci adr index`; do not edit. Last ordinal: {last}. -->",
    ]
    for title, members in _groups(ordered, policy):
        lines += ["", f"## {title}", ""] if title else [""]
        lines += ["| # | Record | Status | Date |", "|---|---|---|---|"]
        lines += [_line(numbers[r.id], r) for r in sorted(members, key=lambda r: numbers[r.id])]
    return "\n".join(lines) + "\n"


def _ordinals(index: str) -> tuple[dict[str, int], int]:
    """Numbers by id, and the last that was given."""
    numbers = {match[2]: int(match[1]) for match in _LINE.finditer(index)}
    stated = _LAST.search(index)
    last = max([0, *numbers.values(), int(stated[1]) if stated else 0])
    return numbers, last


def _groups(records: list[Record], policy: LedgerPolicy) -> Iterator[tuple[str, list[Record]]]:
    if not policy.epochs:
        if records:
            yield "", records
        return
    for epoch in sorted(policy.epochs, key=lambda e: e.since, reverse=True):
        members = [r for r in records if r.text("epoch") == epoch.name]
        now = ", the current epoch" if epoch.name == policy.current_epoch else ""
        yield f"{epoch.name} (since {epoch.since}{now})", members
    declared = {epoch.name for epoch in policy.epochs}
    rest = [r for r in records if r.text("epoch") not in declared]
    if rest:
        yield "Without an epoch", rest


def _line(number: int, record: Record) -> str:
    status = record.text("status")
    successor = record.text("superseded-by")
    if successor:
        status += f" by [{successor}]({successor}.md)"
    return _row(number, record.title, record.id, status, record.date)


@lru_cache(maxsize=65_536)
def _row(number: int, title: str, record_id: str, status: str, date: str) -> str:
    shown = title.replace("\\", "\\\\").replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")
    return f"| {number} | [{shown}]({record_id}.md) | {status} | {date} |"
