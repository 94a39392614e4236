"""`hexci entity`: things with a life of their own, such as findings and decisions."""

import click


@click.group("entity")
def command() -> None:
    """Look at things whose state outlives a run, and move them: one commit a move."""


@command.command("ls")
@click.argument("kind", default="")
def ls(kind: str) -> int:
    """List the entities, of one KIND or of all."""
    from hexci.compose import state

    click.echo(state.entities(kind), nl=False)
    return 0


@command.command("show")
@click.argument("name", metavar="KIND/ID")
def show(name: str) -> int:
    """Show the moves of an entity, newest first."""
    from hexci.compose import state

    click.echo(state.entity_history(name), nl=False)
    return 0


@command.command("move")
@click.argument("name", metavar="KIND/ID")
@click.argument("to", metavar="STATE")
@click.option("--why", default="", help="Kept with the move.")
def move(name: str, to: str, why: str) -> int:
    """Move an entity to STATE, if its state leads there; the config says who may."""
    from hexci.compose import state

    click.echo(state.move(name, to, why), nl=False)
    return 0
