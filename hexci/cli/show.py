"""`hexci show`: one run's record."""

import click


@click.command("show")
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option(
    "--log", "log", metavar="NAME", help="Print one file of the record, such as patch.diff."
)
@click.option(
    "--messages", is_flag=True, help="What its agents said, as a Mermaid sequence; verified first."
)
def command(run: str, as_json: bool, log: str | None, messages: bool) -> int:  # noqa: FBT001
    """Show the record of RUN (any unambiguous part of its id, or `last`)."""
    from hexci.compose import debates, records

    if messages:
        outcome, text = debates.messages(run, as_json=as_json)
        click.echo(text, nl=False)
        return outcome.exit_code

    if log is not None:
        click.echo(records.run_file(run, log), nl=False)
        return 0
    click.echo(records.run_record_as(run, as_json=as_json), nl=False)
    return 0
