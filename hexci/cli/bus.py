"""`hexci bus`: events on topics."""

import click


@click.group("bus")
def command() -> None:
    """Publish events; workflows that listen to repository_dispatch hexci.TOPIC are started."""


@command.command("publish")
@click.argument("topic")
@click.argument("data", nargs=-1, metavar="[NAME=VALUE]...")
def publish(topic: str, data: tuple[str, ...]) -> int:
    """Put an event on TOPIC: recorded in git first, then its listeners are started."""
    from hexci.compose import state

    pairs = [pair.partition("=") for pair in data]
    if not all(equals for _, equals, _ in pairs):
        raise click.UsageError("say NAME=VALUE")
    click.echo(state.publish(topic, {name: value for name, _, value in pairs}), nl=False)
    return 0


@command.command("show")
@click.argument("topic")
def show(topic: str) -> int:
    """Show the newest events of TOPIC."""
    from hexci.compose import namespace

    click.echo(namespace.content(f"/proc/bus/{topic}"), nl=False)
    return 0
