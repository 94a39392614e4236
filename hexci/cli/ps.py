"""`hexci ps`: what runs there are."""

import click


@click.command("ps")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option(
    "-n", "--most", type=int, default=20, show_default=True, help="How many, newest first."
)
def command(as_json: bool, most: int) -> int:  # noqa: FBT001
    """List runs, newest first; killed ones are swept and shown as lost."""
    from hexci.compose import records

    click.echo(records.runs_as(records.runs(most), as_json=as_json), nl=False)
    return 0
