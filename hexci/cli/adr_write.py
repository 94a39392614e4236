"""The verbs of `hexci adr` that write to the work tree."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hexci.domain.outcome import Outcome

_FORMAT = click.option(
    "--format", "format_name", type=click.Choice(["text", "json"]), default="text"
)


def _told(result: "tuple[Outcome, str]") -> int:
    outcome, text = result
    click.echo(text, nl=False)
    return outcome.exit_code


def _change(verb: str, *arguments: str, format_name: str) -> int:
    from hexci.compose import ledger_writing

    return _told(ledger_writing.change(verb, arguments, format_name))


@click.command("new")
@click.argument("title")
@click.option("--slug", default="", help="The words of the id (default: those of the title).")
@click.option("--decider", "deciders", multiple=True, metavar="NAME")
@click.option("--supersedes", multiple=True, metavar="ID", help="What it will replace.")
@click.option("--amends", multiple=True, metavar="ID", help="What it adds to.")
@click.option("--governs", multiple=True, metavar="GLOB", help="Paths that it decides about.")
@click.option(
    "--enforce",
    type=click.Choice(["", "ack", "supersede"]),
    default="",
    metavar="ack|supersede",
    help="What a change of those paths must bring: a trailer, or a new decision.",
)
@click.option("--verify", default="", metavar="CMD", help="The command that proves it holds.")
@click.option("--reopen-when", default="", metavar="TEXT", help="What would make us think again.")
@click.option("--tag", "tags", multiple=True)
@_FORMAT
def new(title: str, format_name: str, **asked: Any) -> int:
    """Propose a decision called TITLE. Fill in its sections, then land it as a proposal."""
    from hexci.compose import ledger_writing

    return _told(ledger_writing.propose(title, asked, format_name))


@click.command("accept")
@click.argument("record")
@_FORMAT
def accept(record: str, format_name: str) -> int:
    """Accept RECORD; what it supersedes is retired, what it amends is linked, all at once."""
    return _change("accept", record, format_name=format_name)


@click.command("complete")
@click.argument("record")
@_FORMAT
def complete(record: str, format_name: str) -> int:
    """Run RECORD's verify command at HEAD in a clean clone; complete it if that passes."""
    from hexci.compose import ledger_writing

    return _told(ledger_writing.complete(record, format_name))


@click.command("reject")
@click.argument("record")
@click.option("--because", default="", metavar="TEXT", help="The reason, kept in the record.")
@_FORMAT
def reject(record: str, because: str, format_name: str) -> int:
    """Reject the proposal RECORD."""
    return _change("settle", record, "rejected", because, format_name=format_name)


@click.command("abandon")
@click.argument("record")
@click.option("--because", default="", metavar="TEXT", help="The reason, kept in the record.")
@_FORMAT
def abandon(record: str, because: str, format_name: str) -> int:
    """Give the proposal RECORD up."""
    return _change("settle", record, "abandoned", because, format_name=format_name)


@click.command("deprecate")
@click.argument("record")
@click.option("--because", default="", metavar="TEXT", help="The reason, kept in the record.")
@_FORMAT
def deprecate(record: str, because: str, format_name: str) -> int:
    """Retire RECORD without a successor."""
    return _change("settle", record, "deprecated", because, format_name=format_name)


@click.command("supersede")
@click.argument("old")
@click.argument("new_record", metavar="NEW")
@_FORMAT
def supersede(old: str, new_record: str, format_name: str) -> int:
    """Accept the proposal NEW in place of OLD."""
    return _change("supersede", old, new_record, format_name=format_name)


@click.command("amend")
@click.argument("record")
@click.option("--erratum", default="", metavar="TEXT", help="What is wrong there and right here.")
@click.option("--clarification", default="", metavar="TEXT", help="What was meant.")
@click.option("--link", default="", metavar="TEXT", help="Where to read on.")
@_FORMAT
def amend(record: str, format_name: str, **said: str) -> int:
    """Add a dated line to the end of RECORD; what was decided stays as it was."""
    given = [(kind, text) for kind, text in said.items() if text]
    if len(given) != 1:
        raise click.UsageError("give exactly one of --erratum, --clarification, --link")
    return _change("amend", record, *given[0], format_name=format_name)


@click.command("index")
@_FORMAT
def index(format_name: str) -> int:
    """Write the index of the ledger anew."""
    return _change("reindex", format_name=format_name)
