"""`hexci init`: the first files."""

import click


@click.command("init")
def command() -> int:
    """Write .hexci/config.yaml; files that are there already are left as they are."""
    from hexci.compose import first_steps

    for path, written in first_steps.init():
        click.echo(f"{'wrote' if written else 'kept '} {path}")
    click.echo("next: commit it, then hexci do --dry-run, or hexci doctor to see what works here")
    return 0
