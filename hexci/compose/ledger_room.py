"""Opens the ledger of the current repository under its policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.domain.finding import Report
    from hexci.domain.ledger.policy import LedgerPolicy
    from hexci.domain.ledger.sides import Sides


@contextmanager
def open_room(folder: Path | None = None) -> "Iterator[LedgerRoom]":
    """The ledger of the repository of `folder` (default: the current one), closed at the end."""
    from hexci.adapters.git.ledger_room import ledger_room

    with ledger_room(folder or Path.cwd()) as room:
        yield room


def policy_of(text: bytes | None) -> "LedgerPolicy":
    """The policy in a config's text; the default without one."""
    from hexci.domain.ledger.policy import LedgerPolicy

    if text is None:
        return LedgerPolicy()
    from hexci.adapters.manifests.ledger_config import parse_ledger

    return parse_ledger(text)


def sides_of(room: "LedgerRoom", base: str | None, head: str | None) -> "Sides":
    """What to compare: `base` and `head`, or the CI event's sides, or the index.

    Raises BadInputError for a head without a base.
    """
    from hexci.adapters.git.ledger_room import ci_event
    from hexci.errors import BadInputError

    if base and head:
        return room.sides.between(base, head)
    if head:
        raise BadInputError("--head needs --base", "Name both sides, or none.")
    event = None if base else ci_event()
    return room.sides.of_event(*event) if event else room.sides.staged(base)


def rendered(report: "Report", format_name: str) -> str:
    """A report in one of the formats of findings."""
    from hexci.adapters.sinks.report import render

    return render(report, format_name)
