"""Shared values and the steps they may take: locks, waits, budgets. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.law.limits import Amounts, Ceiling

Value = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a step was not taken."""

    reason: str


def taken(lock: Value | None, owner: str, purpose: str, now: str, until: str) -> Value | Refused:
    """A lock for `owner` until a moment; one that lasts and is another's cannot be taken."""
    held = lock is not None and lock.get("owner") and str(lock.get("expires", "")) > now
    if lock is not None and held and lock.get("owner") != owner:
        return Refused(f"held by {lock.get('owner')} until {lock.get('expires')}")
    return {"owner": owner, "purpose": purpose, "acquired": now, "expires": until}


def released(lock: Value | None, owner: str) -> Value | Refused:
    """A lock given back by its owner."""
    if lock is None or lock.get("owner") != owner:
        return Refused(f"it is not {owner}'s (any more)")
    return {"owner": "", "purpose": "", "acquired": "", "expires": ""}


def answered(wait: Value | None, by: str, at: str, *, approved: bool) -> Value | Refused:
    """A wait with its one answer."""
    if wait is None:
        return Refused("nothing waits there")
    if wait.get("state") != "open":
        return Refused(f"it was {wait.get('state')} by {wait.get('by')}")
    return {**wait, "state": "approved" if approved else "rejected", "by": by, "at": at}


def reserved(budget: Value | None, ceiling: Ceiling, entry: str, worst: Amounts) -> Value | Refused:
    """A budget with `worst` set aside under the name `entry`; once only."""
    entries = _entries(budget)
    if entry in entries:
        return Refused(f"{entry} is in the budget already")
    excess = ceiling.excess(_used(entries), worst)
    if excess:
        return Refused(excess)
    return {"entries": {**entries, entry: _amounts(worst, settled=False)}}


def settled(budget: Value | None, entry: str, actual: Amounts) -> Value | Refused:
    """A budget in which what `entry` set aside is replaced by what it used."""
    entries = _entries(budget)
    if entry not in entries:
        return Refused(f"{entry} is not in the budget")
    return {"entries": {**entries, entry: _amounts(actual, settled=True)}}


def published(topic: Value | None, event: Mapping[str, Json], most: int) -> Value:
    """A topic with one more event, numbered; it keeps the newest `most`."""
    listed = topic.get("events") if topic else None
    before = topic.get("serial") if topic else 0
    serial = (before if isinstance(before, int) else 0) + 1
    events = [*(listed if isinstance(listed, list) else ()), {**event, "serial": serial}]
    return {"serial": serial, "events": events[-most:]}


def spent(budget: Value | None) -> Amounts:
    """What is used and set aside in all."""
    return _used(_entries(budget))


def _entries(budget: Value | None) -> dict[str, Json]:
    entries = budget.get("entries") if budget else None
    return dict(entries) if isinstance(entries, dict) else {}


def _used(entries: Mapping[str, Json]) -> Amounts:
    total = Amounts()
    for entry in entries.values():
        body = entry if isinstance(entry, dict) else {}
        usd, tokens, calls = (body.get(name) for name in ("usd", "tokens", "calls"))
        total += Amounts(
            float(usd) if isinstance(usd, int | float) else 0.0,
            tokens if isinstance(tokens, int) else 0,
            calls if isinstance(calls, int) else 0,
        )
    return total


def _amounts(amounts: Amounts, *, settled: bool) -> Json:
    return {"usd": amounts.usd, "tokens": amounts.tokens, "calls": amounts.calls,
            "settled": settled}  # fmt: skip
