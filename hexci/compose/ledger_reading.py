"""Wires what tells of records and of whom they govern."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.ledger_evidence import holds
from hexci.compose.ledger_room import open_room, policy_of, sides_of
from hexci.compose.ledger_writing import writing_of

if TYPE_CHECKING:
    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.domain.ledger.cards import Brief
    from hexci.domain.ledger.sides import Sides

# Tokens of an agent's prompt that decisions may take.
_PROMPT = 1_500


def listed(statuses: Sequence[str], *, verify: bool, as_json: bool) -> str:
    """The work tree's records, and with `verify` what holds at HEAD today."""
    from hexci.adapters.sinks.ledger_records import list_as_document, list_as_text

    with open_room() as room:
        records = [
            r for _, r in sorted(writing_of(room).now().records.items())
            if not statuses or r.status in statuses
        ]  # fmt: skip
        held = {r.id: holds(r, verify=verify) for r in records if r.status.in_force}
    held = {name: said for name, said in held.items() if said}
    return list_as_document(records, held) if as_json else list_as_text(records, held)


def shown(record_id: str, *, as_json: bool) -> str:
    """One record of the work tree."""
    from hexci.adapters.sinks.ledger_records import record_as_document

    with open_room() as room:
        record = writing_of(room).record(record_id)
    return record_as_document(record) if as_json else record.written()


def governing(paths: Sequence[str], base: str | None, *, as_json: bool) -> str:
    """Which records govern `paths`, by the base's ledger."""
    from hexci.adapters.sinks.ledger_context import as_document, as_list

    with open_room() as room:
        brief = brief_of(room, sides_of(room, base, None), _from_top(room, paths))
    return as_document(brief, 1_000_000) if as_json else as_list(brief)


def context(paths: Sequence[str], base: str | None, budget: int, format_name: str) -> str:
    """Cards for an agent that is about to touch `paths`."""
    from hexci.adapters.sinks.ledger_context import as_document, as_markdown

    with open_room() as room:
        brief = brief_of(room, sides_of(room, base, None), _from_top(room, paths))
    return as_document(brief, budget) if format_name == "json" else as_markdown(brief, budget)


def cards_for(checkout: Path, commit: str, paths: Sequence[str]) -> str:
    """What the ledger of `commit` says of `paths`, for an agent's prompt; empty for nothing."""
    from hexci.adapters.git.ledger_room import ledger_room
    from hexci.adapters.sinks.ledger_context import as_lines
    from hexci.domain.ledger.sides import Sides

    with ledger_room(checkout) as room:
        tree = room.tree(commit)
        return as_lines(brief_of(room, Sides(tree, tree, commit, commit), paths), _PROMPT)


def graph(format_name: str) -> str:
    """How the work tree's records hang together."""
    from hexci.domain.ledger.graph import dot, mermaid

    with open_room() as room:
        records = writing_of(room).now().records.values()
    return dot(records) if format_name == "dot" else mermaid(records)


def brief_of(room: "LedgerRoom", sides: "Sides", paths: Sequence[str]) -> "Brief":
    """The records of the base that govern `paths`."""
    from hexci.usecases.brief_agent import brief_agent

    policy = policy_of(room.config_of(sides.base_tree))
    return brief_agent(paths, sides, policy=policy, source=room.source)


def _from_top(room: "LedgerRoom", paths: Sequence[str]) -> list[str]:
    """Paths as they are asked for, from the repository's root."""
    top = room.top().resolve()
    asked = ((Path.cwd().resolve() / path) for path in paths)
    return [p.relative_to(top).as_posix() if p.is_relative_to(top) else p.as_posix() for p in asked]
