"""`hexci action`: what action.yml runs."""

import click


@click.command("action")
def command() -> int:
    """Handle the event of the workflow job we are in (the entry of action.yml)."""
    from hexci.compose import action

    return action.handle().exit_code
