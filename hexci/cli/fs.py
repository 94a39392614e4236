"""`hexci fs`: everything hexci keeps, as files to look at."""

import click


@click.group("fs")
def command() -> None:
    """Look at runs, waits, locks, budgets, manifests and kinds as at files; nothing is changed."""


@command.command("ls")
@click.argument("path", default="/")
def ls(path: str) -> int:
    """List what is below PATH."""
    from hexci.compose import namespace

    click.echo("".join(f"{name}\n" for name in namespace.listed(path)), nl=False)
    return 0


@command.command("cat")
@click.argument("path")
def cat(path: str) -> int:
    """Print the file PATH."""
    from hexci.compose import namespace

    click.echo(namespace.content(path), nl=False)
    return 0


@command.command("stat")
@click.argument("path")
def stat(path: str) -> int:
    """Say whether PATH is a folder or a file, and how large."""
    from hexci.compose import namespace

    click.echo(namespace.described(path))
    return 0
