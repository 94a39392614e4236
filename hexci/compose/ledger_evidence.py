"""Wires the running of a record's evidence."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hexci.compose.evidence import build_bench

if TYPE_CHECKING:
    from hexci.domain.ledger.record import Record
    from hexci.usecases.verify_record import Verified


def verified(record: "Record", tree: str = "") -> "Verified":
    """A run of the record's evidence in a clean clone of `tree` (empty: of HEAD's)."""
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.usecases.verify_record import verify_record

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        commit = checkout.resolve("HEAD")
        bench = build_bench(checkout, quarters, commit, progress)
        asked = tree or bench.objects.tree_of(commit)
        return verify_record(record, asked, rooms=bench.rooms, runner=bench.runner)


def holds_at(tree: str, record: "Record") -> bool:
    """Whether the record's evidence passes at `tree`."""
    return verified(record, tree).holds


def holds(record: "Record", *, verify: bool) -> str:
    """`holds`, `broken` or `unverified` at HEAD; empty where nothing is asked."""
    if not record.text("verify"):
        return "unverified" if verify else ""
    if not verify:
        return ""
    return "holds" if verified(record).holds else "broken"
