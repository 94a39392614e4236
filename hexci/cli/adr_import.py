"""`hexci adr import` and `hexci adr adopt`."""

import click

_FORMAT = click.option(
    "--format", "format_name", type=click.Choice(["text", "json"]), default="text"
)


@click.command("import")
@click.argument("folder", type=click.Path(file_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing.")
@click.option(
    "--without-status",
    type=click.Choice(["proposed", "accepted", "completed", "rejected", "deprecated"]),
    default=None,
    help="What records are that say no status (MADR lets it out).",
)
@_FORMAT
def import_(folder: str, dry_run: bool, without_status: str | None, format_name: str) -> int:  # noqa: FBT001
    """Rewrite the records in FOLDER once: adr-tools, MADR 2 to 4, log4brains, bold-line status.

    Ids stay as they are. Afterwards: hexci adr adopt.
    """
    from hexci.compose import ledger_adoption

    outcome, text = ledger_adoption.take_over(
        folder, dry_run=dry_run, format_name=format_name, missing=without_status or ""
    )
    click.echo(text, nl=False)
    return outcome.exit_code


@click.command("adopt")
@_FORMAT
def adopt(format_name: str) -> int:
    """Record the commit from which the rules apply, and write the index. Older debt is listed."""
    from hexci.compose import ledger_adoption

    outcome, text = ledger_adoption.adopt(format_name)
    click.echo(text, nl=False)
    return outcome.exit_code
