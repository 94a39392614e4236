"""`hexci why`: what stands behind a commit or a line."""

import click


@click.command("why")
@click.argument("target", metavar="COMMIT|PATH:LINE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(target: str, as_json: bool) -> int:  # noqa: FBT001
    """Show what stands behind a commit, or behind the commit that last changed a line.

    Who asked for it, which candidate made it, in which run, and what evidence proved it.
    """
    from hexci.compose import records

    click.echo(records.why(target, as_json=as_json), nl=False)
    return 0
