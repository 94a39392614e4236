"""Wires the verbs that write records."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hexci.compose.ledger_evidence import verified
from hexci.compose.ledger_room import open_room, policy_of, rendered

if TYPE_CHECKING:
    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.domain.outcome import Outcome
    from hexci.usecases.change_record import Edit, Writing


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
        ran = verified(writing.record(record_id))
        if ran.holds:
            edit = change_record.complete(record_id, ran.told(), writing=writing)
            return _saved(room, writing, edit, format_name)
    record = ran.record
    said = f"not completed: `{record.text('verify')}` fails at HEAD"
    tail = "\n".join(ran.run.output.splitlines()[-20:])
    fix = f"Make it pass, or give it up: hexci adr deprecate {record.id}\n{tail}"
    finding = LEGAL_TRANSITION.finding(record.path, record.line_of("verify"), said, fix=fix)
    report = Report.of("adr", [finding])
    return report.outcome, rendered(report, format_name)


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
    from hexci.adapters.treesitter.lazily import LazySymbols
    from hexci.domain.config_path import CONFIG_PATH
    from hexci.usecases.change_record import Writing
    from hexci.usecases.read_ledger import ledger_at

    sides = room.sides.staged(None)
    base_policy = policy_of(room.config_of(sides.base_tree))
    config = room.top() / CONFIG_PATH
    work_policy = policy_of(config.read_bytes() if config.is_file() else None)
    before = ledger_at(sides.base_tree, base_policy, source=room.source)

    def symbol(path: str, name: str) -> bytes | None:
        content = room.content(sides.head_tree, path)
        return None if content is None else LazySymbols().text(path, content, name)

    writing = Writing(
        before=before,
        files={},
        base_policy=base_policy,
        work_policy=work_policy,
        base=sides.base,
        today=SystemClock().now()[:10],
        tracked=lambda: room.source.files(sides.head_tree),
        symbol=symbol,
    )
    return replace(writing, files=room.work_tree().read(writing.policy.folder))
