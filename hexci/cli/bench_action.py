"""`hexci bench action`: how soon the Action says something useful."""

import click


@click.command("action")
@click.option("-n", "--runs", default=3, show_default=True, help="Starts with a kept cache.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, as_json: bool) -> int:  # noqa: FBT001
    """Time the steps of action.yml, from the start of the first to the first line of the event.

    By uv where it is on PATH, and by pip; once with an empty cache, then with a kept one. Needs
    a checkout of hexci, bash, and the package index.
    """
    from hexci.compose import measurements

    click.echo(measurements.bench_action(runs, as_json=as_json), nl=False)
    return 0
