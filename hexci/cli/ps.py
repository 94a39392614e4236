"""`hexci ps`: what runs there are."""

import click


@click.command("ps")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option(
    "-n", "--most", type=int, default=20, show_default=True, help="How many, newest first."
)
@click.option("--denied", is_flag=True, help="What they wanted and could not have.")
def command(as_json: bool, most: int, denied: bool) -> int:  # noqa: FBT001
    """List runs, newest first; killed ones are swept and shown as lost."""
    from hexci.compose import records

    if denied:
        click.echo(records.denials_as(most, as_json=as_json), nl=False)
        return 0
    click.echo(records.runs_as(records.runs(most), as_json=as_json), nl=False)
    return 0
