"""Wires the ledger's use cases to git, config and writers. Imports deferred, as in compose."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.domain.finding import Report
    from hexci.domain.ledger.cards import Brief
    from hexci.domain.ledger.policy import LedgerPolicy
    from hexci.domain.ledger.record import Record
    from hexci.domain.ledger.sides import Sides
    from hexci.domain.outcome import Outcome
    from hexci.domain.rule import Rule
    from hexci.usecases.change_record import Edit, Writing
    from hexci.usecases.check_ledger import Checked, Forge
    from hexci.usecases.verify_record import Verified

# ------------------------------------------------------------------------------- judging


def check(base: str | None, head: str | None, format_name: str) -> "tuple[Outcome, str]":
    """Judges what would land; the outcome, and what to print."""
    with _room() as room:
        checked = _check(room, base, head)
        if format_name == "comment":
            from hexci.adapters.sinks.ledger_comment import render as comment

            brief = _brief(room, _sides(room, base, head), checked.paths)
            return checked.report.outcome, comment(checked.report, brief)
        report = checked.report
        if not head:
            report = _with_unstaged(report, room, checked.step.policy.folder)
    return report.outcome, _rendered(report, format_name)


def _with_unstaged(report: "Report", room: "LedgerRoom", folder: str) -> "Report":
    """The report with a word on files that were not judged because they are not staged."""
    from dataclasses import replace

    left = room.unstaged(folder) if dict(report.facts)["compared"].endswith("the index") else 0
    if not left:
        return report
    said = f"{left} changes in {folder} are not staged: they are not judged"
    return replace(report, facts=(*report.facts, ("not judged", said)))


def audit(ref: str, format_name: str) -> "tuple[Outcome, str]":
    """Judges every landing of `ref`'s first-parent line."""
    from hexci.usecases.audit_ledger import audit_ledger

    with _room() as room:
        head = room.commit(ref)
        report = audit_ledger(
            head,
            policy=_policy(room.config_of(head)),
            read_policy=_policy,
            history=room.source,
            source=room.source,
        )
    return report.outcome, _rendered(report, format_name)


def _check(room: "LedgerRoom", base: str | None, head: str | None) -> "Checked":
    from hexci.usecases.check_ledger import check_ledger

    sides = _sides(room, base, head)
    policies = (_policy(room.config_of(sides.base_tree)), _policy(room.config_of(sides.head_tree)))
    forge = _forge(room, sides, policies[0])
    return check_ledger(sides, policies=policies, source=room.source, forge=forge)


def _sides(room: "LedgerRoom", base: str | None, head: str | None) -> "Sides":
    from hexci.adapters.git.ledger_room import ci_event
    from hexci.errors import BadInputError

    if base and head:
        return room.sides.between(base, head)
    if head:
        raise BadInputError("--head needs --base", "Name both sides, or none.")
    event = None if base else ci_event()
    return room.sides.of_event(*event) if event else room.sides.staged(base)


def _forge(room: "LedgerRoom", sides: "Sides", policy: "LedgerPolicy") -> "Forge":
    from hexci.adapters.git.ledger_room import ci_event, labels_of
    from hexci.usecases.check_ledger import Forge

    event = ci_event()
    if event is None or not event[0].startswith("pull_request"):
        return Forge()
    labels = labels_of(event[1])
    if not policy.quorum:
        return Forge(labels=labels, on_request=True)
    from hexci.adapters.approvals.github import approvals_of

    owners = _owners(room, sides, policy)
    return Forge(labels=labels, approvals=approvals_of(event[1], owners), on_request=True)


def _owners(room: "LedgerRoom", sides: "Sides", policy: "LedgerPolicy") -> tuple[str, ...]:
    from hexci.domain.ledger.owners import PLACES, owners_of

    for place in PLACES:
        found = room.objects.look(f"{sides.base_tree}:{place}")
        if found is not None and found.kind == "blob":
            return owners_of(policy.index_path, found.content.decode("utf-8", "replace"))
    return ()


def _policy(text: bytes | None) -> "LedgerPolicy":
    from hexci.domain.ledger.policy import LedgerPolicy

    if text is None:
        return LedgerPolicy()
    from hexci.adapters.manifests.ledger_config import parse_ledger

    return parse_ledger(text)


def _rendered(report: "Report", format_name: str) -> str:
    from hexci.adapters.sinks.report import render

    return render(report, format_name)


@contextmanager
def _room() -> "Iterator[LedgerRoom]":
    from hexci.adapters.git.ledger_room import ledger_room

    with ledger_room(Path.cwd()) as room:
        yield room


# ------------------------------------------------------------------------------- reading


def listed(statuses: Sequence[str], *, verify: bool, as_json: bool) -> str:
    """The work tree's records, and with `verify` what holds at HEAD today."""
    from hexci.adapters.sinks.ledger_records import list_as_document, list_as_text

    with _room() as room:
        records = [
            r for _, r in sorted(_writing(room).now().records.items())
            if not statuses or r.status in statuses
        ]  # fmt: skip
        held = {r.id: _holds(r, verify=verify) for r in records if r.status.in_force}
    held = {name: said for name, said in held.items() if said}
    return list_as_document(records, held) if as_json else list_as_text(records, held)


def shown(record_id: str, *, as_json: bool) -> str:
    """One record of the work tree."""
    from hexci.adapters.sinks.ledger_records import record_as_document

    with _room() as room:
        record = _writing(room).record(record_id)
    return record_as_document(record) if as_json else record.written()


def governing(paths: Sequence[str], base: str | None, *, as_json: bool) -> str:
    """Which records govern `paths`, by the base's ledger."""
    from hexci.adapters.sinks.ledger_context import as_document, as_list

    with _room() as room:
        brief = _brief(room, _sides(room, base, None), _from_top(room, paths))
    return as_document(brief, 1_000_000) if as_json else as_list(brief)


def context(paths: Sequence[str], base: str | None, budget: int, format_name: str) -> str:
    """Cards for an agent that is about to touch `paths`."""
    from hexci.adapters.sinks.ledger_context import as_document, as_markdown

    with _room() as room:
        brief = _brief(room, _sides(room, base, None), _from_top(room, paths))
    return as_document(brief, budget) if format_name == "json" else as_markdown(brief, budget)


def graph(format_name: str) -> str:
    """How the work tree's records hang together."""
    from hexci.domain.ledger.graph import dot, mermaid

    with _room() as room:
        records = _writing(room).now().records.values()
    return dot(records) if format_name == "dot" else mermaid(records)


def _brief(room: "LedgerRoom", sides: "Sides", paths: Sequence[str]) -> "Brief":
    from hexci.usecases.brief_agent import brief_agent

    policy = _policy(room.config_of(sides.base_tree))
    return brief_agent(paths, sides, policy=policy, source=room.source)


def _from_top(room: "LedgerRoom", paths: Sequence[str]) -> list[str]:
    """Paths as they are asked for, from the repository's root."""
    top = room.top().resolve()
    asked = ((Path.cwd().resolve() / path) for path in paths)
    return [p.relative_to(top).as_posix() if p.is_relative_to(top) else p.as_posix() for p in asked]


# ------------------------------------------------------------------------------- writing


def propose(title: str, asked: "Mapping[str, Any]", format_name: str) -> "tuple[Outcome, str]":
    """Writes a new record as a proposal; `asked` are fields of Proposal."""
    from hexci.usecases import change_record

    with _room() as room:
        writing = _writing(room)
        edit = change_record.propose(change_record.Proposal(title, **asked), writing=writing)
        return _saved(room, writing, edit, format_name)


def change(verb: str, arguments: Sequence[str], format_name: str) -> "tuple[Outcome, str]":
    """Runs a writing verb: accept, settle, supersede, amend or reindex, by its arguments."""
    from hexci.domain.ledger.status import Status
    from hexci.usecases import change_record as verbs

    with _room() as room:
        writing = _writing(room)
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

    with _room() as room:
        writing = _writing(room)
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
    return report.outcome, _rendered(report, format_name)


def _holds(record: "Record", *, verify: bool) -> str:
    if not record.text("verify"):
        return "unverified" if verify else ""
    if not verify:
        return ""
    return "holds" if _verified(record).holds else "broken"


def _verified(record: "Record") -> "Verified":
    import sys

    from hexci import compose
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.quarters import quarters_for
    from hexci.adapters.sinks.progress import progress_for
    from hexci.usecases.verify_record import verify_record

    checkout = Checkout.at(Path.cwd())
    with quarters_for(checkout) as quarters, progress_for(sys.stderr) as progress:
        commit = checkout.resolve("HEAD")
        bench = compose.build_bench(checkout, quarters, commit, progress)
        tree = bench.objects.tree_of(commit)
        return verify_record(record, tree, rooms=bench.rooms, runner=bench.runner)


def _saved(
    room: "LedgerRoom", writing: "Writing", edit: "Edit", format_name: str
) -> "tuple[Outcome, str]":
    from hexci.usecases.change_record import save

    report = save(edit, writing=writing, desk=room.work_tree())
    return report.outcome, _rendered(report, format_name)


def _writing(room: "LedgerRoom") -> "Writing":
    from dataclasses import replace

    from hexci.adapters.machine.clock import SystemClock
    from hexci.domain.config import CONFIG_PATH
    from hexci.usecases.change_record import Writing
    from hexci.usecases.read_ledger import ledger_at

    sides = room.sides.staged(None)
    base_policy = _policy(room.config_of(sides.base_tree))
    config = room.top() / CONFIG_PATH
    work_policy = _policy(config.read_bytes() if config.is_file() else None)
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


# ------------------------------------------------------------------------------- taking over


def take_over(folder: str, *, dry_run: bool, format_name: str) -> "tuple[Outcome, str]":
    """Imports records of another format into the ledger's folder."""
    from hexci.usecases.import_ledger import import_ledger

    with _room() as room:
        writing = _writing(room)
        desk = room.work_tree()
        report = import_ledger(
            desk.read(folder.rstrip("/")),
            policy=writing.work_policy,
            today=writing.today,
            taken=writing.files,
            desk=None if dry_run else desk,
        )
    return report.outcome, _rendered(report, format_name)


def adopt(format_name: str) -> "tuple[Outcome, str]":
    """Writes the adoption point into the config, and the first index."""
    from hexci.domain.config import CONFIG_PATH
    from hexci.usecases.import_ledger import adopt_ledger

    with _room() as room:
        config = room.top() / CONFIG_PATH
        text = config.read_bytes() if config.is_file() else None
        report = adopt_ledger(
            text,
            room.commit("HEAD"),
            writing=_writing(room),
            read_policy=_policy,
            desk=room.work_tree(),
        )
    return report.outcome, _rendered(report, format_name)


# ------------------------------------------------------------------------------- explaining

# a rule's letters → the module whose RULES hold its page
RULE_TABLES = {"ADR": "hexci.domain.ledger.rules.table"}


def explained(rule_id: str) -> str:
    """The page of a rule. Raises BadInputError for an unknown one."""
    from hexci.domain.rule import page
    from hexci.errors import BadInputError

    rules = known_rules()
    wanted = rule_id.upper()
    named = next((rule for rule in rules if wanted in {rule.id, rule.name.upper()}), None)
    if named is None:
        listed = "\n  ".join(f"{rule.id} {rule.name}" for rule in rules)
        raise BadInputError(f"there is no rule {rule_id!r}", f"Known:\n  {listed}")
    return page(named)


def known_rules() -> "list[Rule]":
    """Every rule that has a page, by id."""
    import importlib

    rules = [
        rule for module in RULE_TABLES.values() for rule in importlib.import_module(module).RULES
    ]
    return sorted(rules, key=lambda rule: rule.id)


def bench(runs: int, records: int, *, as_json: bool) -> str:
    """What a check of a large ledger costs, beside its peers."""
    from hexci.adapters.measure.ledger import measure
    from hexci.adapters.sinks.measurements import as_document, as_text

    pairs = measure(runs, records)
    return as_document(pairs, ()) if as_json else as_text(pairs, ())
