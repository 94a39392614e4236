"""The verbs of `hexci adr` that only read."""

import click

_STATUSES = (
    *("proposed", "accepted", "completed", "rejected", "abandoned", "superseded", "deprecated"),
)


@click.command("list")
@click.option("--status", "statuses", multiple=True, type=click.Choice(_STATUSES))
@click.option("--verify", is_flag=True, help="Run the records' evidence at HEAD, in clean clones.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def list_(statuses: tuple[str, ...], verify: bool, as_json: bool) -> None:  # noqa: FBT001
    """List the records; with --verify, say which of them hold today."""
    from hexci.compose import ledger_reading

    click.echo(ledger_reading.listed(statuses, verify=verify, as_json=as_json), nl=False)


@click.command("show")
@click.argument("record")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def show(record: str, as_json: bool) -> None:  # noqa: FBT001
    """Show RECORD, by its id or a part of it that no other has."""
    from hexci.compose import ledger_reading

    click.echo(ledger_reading.shown(record, as_json=as_json), nl=False)


@click.command("governing")
@click.argument("paths", nargs=-1, required=True)
@click.option("--base", metavar="REF", help="Read the ledger as it is there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def governing(paths: tuple[str, ...], base: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Which records govern PATHS, by the ledger of the protected branch."""
    from hexci.compose import ledger_reading

    click.echo(ledger_reading.governing(paths, base, as_json=as_json), nl=False)


@click.command("context")
@click.argument("files", nargs=-1, required=True)
@click.option("--budget", type=click.IntRange(50), default=1200, help="Tokens, about (1200).")
@click.option("--base", metavar="REF", help="Read the ledger as it is there.")
@click.option("--format", "format_name", type=click.Choice(["md", "json"]), default="md")
def context(files: tuple[str, ...], budget: int, base: str | None, format_name: str) -> None:
    """Cards of the decisions that govern FILES, for an agent that will touch them."""
    from hexci.compose import ledger_reading

    click.echo(ledger_reading.context(files, base, budget, format_name), nl=False)


@click.command("graph")
@click.option("--format", "format_name", type=click.Choice(["mermaid", "dot"]), default="mermaid")
def graph(format_name: str) -> None:
    """Draw how the records supersede and amend each other."""
    from hexci.compose import ledger_reading

    click.echo(ledger_reading.graph(format_name), nl=False)
