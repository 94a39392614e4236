"""Wires the check and the audit of the ledger."""

from functools import partial
from typing import TYPE_CHECKING, Any

from hexci.compose.ledger_reading import brief_of
from hexci.compose.ledger_room import open_room, policy_of, rendered, sides_of

if TYPE_CHECKING:
    from pathlib import Path

    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.domain.finding import Report
    from hexci.domain.ledger.policy import LedgerPolicy
    from hexci.domain.ledger.sides import Sides
    from hexci.domain.outcome import Outcome
    from hexci.usecases.check_ledger import Beside, Checked, Forge


def check(
    base: str | None, head: str | None, format_name: str, *, verify: bool = False
) -> "tuple[Outcome, str]":
    """Judges what would land; the outcome, and what to print.

    `verify` runs the evidence of decisions that govern what changes.
    """
    with open_room() as room:
        checked = _check(room, base, head, verify=verify)
        if format_name == "comment":
            from hexci.adapters.sinks.ledger_comment import render as comment

            brief = brief_of(room, sides_of(room, base, head), checked.paths)
            return checked.report.outcome, comment(checked.report, brief, checked.step.moving())
        report = checked.report
        if not head:
            report = _with_unstaged(report, room, checked.step.policy.folder)
    return report.outcome, rendered(report, format_name)


def new_findings(folder: "Path", base: str, head: str) -> "Report":
    """What is new in the ledger of `folder`'s repository at `head` since `base`."""
    with open_room(folder) as room:
        return _check(room, base, head, verify=False).report


def _with_unstaged(report: "Report", room: "LedgerRoom", folder: str) -> "Report":
    """The report with a word on files that were not judged because they are not staged."""
    left = room.unstaged(folder) if dict(report.facts)["compared"].endswith("the index") else 0
    if not left:
        return report
    many = "1 change" if left == 1 else f"{left} changes"
    said = f"{many} in {folder} not staged"
    return report._replace(facts=(*report.facts, ("not judged", said)))


def statuses(commit: str) -> "dict[str, str]":
    """Where each decision of a commit stands, by its id."""
    from hexci.usecases.read_ledger import ledger_at

    with open_room() as room:
        tree = room.tree(commit)
        ledger = ledger_at(tree, policy_of(room.config_of(tree)), source=room.source)
    return {record.id: record.text("status") for record in ledger.records.values()}


def audit(ref: str, format_name: str) -> "tuple[Outcome, str]":
    """Judges every landing of `ref`'s first-parent line."""
    from hexci.usecases.audit_ledger import audit_ledger

    with open_room() as room:
        head = room.commit(ref)
        report = audit_ledger(
            head,
            policy=policy_of(room.config_of(head)),
            read_policy=policy_of,
            history=room.source,
            source=room.source,
        )
    return report.outcome, rendered(report, format_name)


def _check(room: "LedgerRoom", base: str | None, head: str | None, *, verify: bool) -> "Checked":
    from hexci.usecases.check_ledger import check_ledger

    sides = sides_of(room, base, head)
    policies = (
        policy_of(room.config_of(sides.base_tree)),
        policy_of(room.config_of(sides.head_tree)),
    )
    beside = _beside(room, sides, policies[0], verify=verify)
    return check_ledger(sides, policies=policies, source=room.source, beside=beside)


def _beside(
    room: "LedgerRoom", sides: "Sides", policy: "LedgerPolicy", *, verify: bool
) -> "Beside":
    from hexci.adapters.git.ledger_room import said_on_request
    from hexci.adapters.treesitter.lazily import LazySymbols
    from hexci.compose.ledger_evidence import holds_at
    from hexci.domain.ledger.rules.heeded import Heed
    from hexci.usecases.check_ledger import Beside

    def words() -> str | None:
        said = room.messages(sides.commits)
        return None if said is None else f"{said}\n{said_on_request()}"

    def symbol(tree: str, path: str, name: str) -> bytes | None:
        content = room.content(tree, path)
        return None if content is None else LazySymbols().text(path, content, name)

    holds = partial(holds_at, sides.head_tree) if verify else None
    return Beside(_forge(room, sides, policy), Heed(words, holds), symbol)


def _forge(room: "LedgerRoom", sides: "Sides", policy: "LedgerPolicy") -> "Forge":
    from hexci.adapters.git.ledger_room import ci_event, labels_of
    from hexci.usecases.check_ledger import Forge

    event = ci_event()
    if event is None or not event[0].startswith("pull_request"):
        return Forge()
    labels = labels_of(event[1])
    rivals = partial(_rivals, event[1])
    if not policy.quorum:
        return Forge(labels=labels, on_request=True, rivals=rivals)
    from hexci.adapters.approvals.github import approvals_of

    owners = _owners(room, sides, policy)
    approvals = approvals_of(event[1], owners)
    return Forge(labels=labels, approvals=approvals, on_request=True, rivals=rivals)


def _rivals(event: "dict[str, Any]") -> "tuple[tuple[int, str], ...]":
    from hexci.adapters.approvals.rivals import rivals_of

    return rivals_of(event)


def _owners(room: "LedgerRoom", sides: "Sides", policy: "LedgerPolicy") -> tuple[str, ...]:
    from hexci.domain.ledger.owners import PLACES, owners_of

    for place in PLACES:
        found = room.objects.look(f"{sides.base_tree}:{place}")
        if found is not None and found.kind == "blob":
            return owners_of(policy.index_path, found.content.decode("utf-8", "replace"))
    return ()
