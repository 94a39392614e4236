"""Wires the verbs that write records."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hexci.compose.evidence import build_bench
from hexci.compose.ledger_room import open_room, policy_of, rendered

if TYPE_CHECKING:
    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.domain.ledger.record import Record
    from hexci.domain.outcome import Outcome
    from hexci.usecases.change_record import Edit, Writing
    from hexci.usecases.verify_record import Verified


def propose(title: str, asked: "Mapping[str, Any]", format_name: str) -> "tuple[Outcome, str]":
    """Writes a new record as a proposal; `asked` are fields of Proposal."""
    from hexci.usecases import change_record

    with open_room() as room:
        writing = writing_of(room)
        edit = change_record.propose(change_record.Proposal(title, **asked), writing=writing)
        return _saved(room, writing, edit, format_name)


def change(verb: str, arguments: Sequence[str], format_name: str) -> "tuple[Outcome, str]":
    """Runs a writing verb: accept, settle, supersede, amend or reindex, by its arguments."""
    from hexci.domain.ledger.status import Status
    from hexci.usecases import change_record as verbs

    with open_room() as room:
        writing = writing_of(room)
        match verb, *arguments:
            case ["accept", record_id]:
                edit = verbs.accept(record_id, writing=writing)
            case ["settle", record_id, status, because]:
                edit = verbs.settle(record_id, Status(status), because, writing=writing)
            case ["supersede", old, new]:
                edit = verbs.supersede(old, new, writing=writing)
            case ["amend", record_id, kind, text]:
                edit = verbs.amend(record_id, kind, text, writing=writing)
            case _:
                edit = verbs.reindex(writing=writing)
        return _saved(room, writing, edit, format_name)


def complete(record_id: str, format_name: str) -> "tuple[Outcome, str]":
    """Completes a record if its evidence passes at HEAD in a clean clone."""
    from hexci.domain.finding import Report
    from hexci.domain.ledger.rules.transition import LEGAL_TRANSITION
    from hexci.usecases import change_record

    with open_room() as room:
        writing = writing_of(room)
        verified = _verified(writing.record(record_id))
        if verified.holds:
            edit = change_record.complete(record_id, verified.told(), writing=writing)
            return _saved(room, writing, edit, format_name)
    record = verified.record
    said = f"not completed: `{record.text('verify')}` fails at HEAD"
    tail = "\n".join(verified.run.output.splitlines()[-20:])
    fix = f"Make it pass, or give it up: hexci adr deprecate {record.id}\n{tail}"
    finding = LEGAL_TRANSITION.finding(record.path, record.line_of("verify"), said, fix=fix)
    report = Report.of("adr", [finding])
    return report.outcome, rendered(report, format_name)


def holds(record: "Record", *, verify: bool) -> str:
    """`holds`, `broken` or `unverified`; empty where nothing is asked."""
    if not record.text("verify"):
        return "unverified" if verify else ""
    if not verify:
        return ""
    return "holds" if _verified(record).holds else "broken"


def _verified(record: "Record") -> "Verified":
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.usecases.verify_record import verify_record

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        commit = checkout.resolve("HEAD")
        bench = build_bench(checkout, quarters, commit, progress)
        tree = bench.objects.tree_of(commit)
        return verify_record(record, tree, rooms=bench.rooms, runner=bench.runner)


def _saved(
    room: "LedgerRoom", writing: "Writing", edit: "Edit", format_name: str
) -> "tuple[Outcome, str]":
    from hexci.usecases.change_record import save

    report = save(edit, writing=writing, desk=room.work_tree())
    return report.outcome, rendered(report, format_name)


def writing_of(room: "LedgerRoom") -> "Writing":
    """What the writing verbs work on: base, work tree, both policies, today."""
    from dataclasses import replace

    from hexci.adapters.machine.clock import SystemClock
    from hexci.domain.config_path import CONFIG_PATH
    from hexci.usecases.change_record import Writing
    from hexci.usecases.read_ledger import ledger_at

    sides = room.sides.staged(None)
    base_policy = policy_of(room.config_of(sides.base_tree))
    config = room.top() / CONFIG_PATH
    work_policy = policy_of(config.read_bytes() if config.is_file() else None)
    before = ledger_at(sides.base_tree, base_policy, source=room.source)
    writing = Writing(
        before=before,
        files={},
        base_policy=base_policy,
        work_policy=work_policy,
        base=sides.base,
        today=SystemClock().now()[:10],
        tracked=lambda: room.source.files(sides.head_tree),
    )
    return replace(writing, files=room.work_tree().read(writing.policy.folder))
