"""Wires `/hex adr`: a record of a commit's ledger shown, or moved on in a commit of its own."""

from typing import TYPE_CHECKING

from hexci.compose.ledger_room import policy_of

if TYPE_CHECKING:
    from hexci.adapters.git.checkout import Checkout
    from hexci.adapters.git.ledger_room import LedgerRoom
    from hexci.adapters.git.quarters import Quarters
    from hexci.adapters.git.tree_desk import TreeDesk
    from hexci.domain.asking.claim import Claim
    from hexci.domain.asking.commands import AdrVerb, Command
    from hexci.domain.asking.scene import Decision
    from hexci.usecases.change_record import Edit, Writing

_BRANCH = "hex/auto/adr"


def record_at(record: str, commit: str, checkout: "Checkout", quarters: "Quarters") -> str:
    """A record of the ledger of `commit`. Raises BadInputError when it has no such record."""
    from hexci.adapters.git.ledger_room import ledger_room
    from hexci.adapters.git.tree_desk import TreeDesk

    with ledger_room(checkout.git.folder) as room:
        desk = TreeDesk(quarters.vault, room.tree(commit))
        found = _writing(room, desk, commit, "").record(record)
    return f"{found.path} ({found.status}), at {commit[:12]}:\n\n{found.written()}"


def decided(  # noqa: PLR0913, PLR0917 - what was asked for, and where it comes from
    command: "Command",
    claim: "Claim",
    base: str,
    law: str,
    checkout: "Checkout",
    quarters: "Quarters",
) -> "Decision":
    """The record of `command` moved on, as a commit upon `base` that no branch holds yet.

    The ledger at `law` and its policy judge. The commit is the same for the same event.
    """
    from hexci.adapters.git.ledger_room import ledger_room
    from hexci.adapters.git.tree_desk import TreeDesk
    from hexci.adapters.sinks.text import render
    from hexci.domain.asking.scene import Decision
    from hexci.usecases.change_record import save
    from hexci.usecases.emit_change import BOT

    assert command.adr_verb is not None  # noqa: S101 - the grammar has no adr command without
    vault = quarters.vault
    with ledger_room(checkout.git.folder) as room:
        desk = TreeDesk(vault, room.tree(base))
        before = desk.tree
        writing = _writing(room, desk, law, claim.at[:10])
        record = writing.record(command.text).id
        report = save(_edit(command.adr_verb, record, claim, writing), writing=writing, desk=desk)
    if not report.outcome.happened:
        return Decision(report.outcome, render(report))
    title = f"{command.adr_verb.capitalize()} {record}"
    message = f"{title}\n\nAsked for by {claim.actor}: {command.line[:200]}\n"
    commit = vault.commit(desk.tree, [base], message, who=BOT, at=claim.at)
    patch = vault.change(before, desk.tree).patch.decode("utf-8", "surrogateescape")
    branch = f"{_BRANCH}-{command.adr_verb}-{claim.name.rpartition('/')[2][:12]}"
    said = f"{title}: the ledger's rules allow it."
    return Decision(report.outcome, said, title, branch, commit, desk.tree, patch)


def _edit(verb: "AdrVerb", record: str, claim: "Claim", writing: "Writing") -> "Edit":
    from hexci.domain.asking.commands import AdrVerb
    from hexci.domain.ledger.status import Status
    from hexci.usecases import change_record

    statuses = {
        AdrVerb.REJECT: Status.REJECTED,
        AdrVerb.ABANDON: Status.ABANDONED,
        AdrVerb.DEPRECATE: Status.DEPRECATED,
    }
    if verb is AdrVerb.ACCEPT:
        return change_record.accept(record, writing=writing)
    because = f"asked for by {claim.actor} ({claim.slug})"
    return change_record.settle(record, statuses[verb], because, writing=writing)


def _writing(room: "LedgerRoom", desk: "TreeDesk", law: str, today: str) -> "Writing":
    """What the writing verbs work on: the ledger of the desk, judged by the one of `law`."""
    from hexci.adapters.treesitter.lazily import LazySymbols
    from hexci.usecases.change_record import Writing
    from hexci.usecases.read_ledger import ledger_at

    law_tree, tree = room.tree(law), desk.tree
    policy = policy_of(room.config_of(law_tree))

    def symbol(path: str, name: str) -> bytes | None:
        content = room.content(tree, path)
        return None if content is None else LazySymbols().text(path, content, name)

    return Writing(
        before=ledger_at(law_tree, policy, source=room.source),
        files=desk.read(policy.folder),
        base_policy=policy,
        work_policy=policy,
        base=law[:7],
        today=today,
        tracked=lambda: room.source.files(tree),
        symbol=symbol,
    )
