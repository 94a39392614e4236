"""`hexci gc`: removes old run records."""

import click


@click.command("gc")
@click.option(
    "--older-than", type=float, default=90, show_default=True, metavar="DAYS", help="Ended before."
)
@click.option("--dry-run", is_flag=True, help="Say what would go; remove nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(older_than: float, dry_run: bool, as_json: bool) -> int:  # noqa: FBT001
    """Remove run records that ended long ago, and what killed runs left behind.

    Evidence notes and branches stay: they are the proof of what was merged.
    """
    from hexci.compose import records

    click.echo(records.collect_garbage(older_than, dry_run=dry_run, as_json=as_json), nl=False)
    return 0
