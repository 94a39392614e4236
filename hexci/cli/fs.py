"""`hexci fs`: everything hexci keeps, as files to look at."""

import click


@click.group("fs")
def command() -> None:
    """Look at runs, waits, locks, budgets, entities, manifests and kinds as at files.

    Only `exec` changes anything: it is the verb behind a path, by another name.
    """


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


@command.command("exec", context_settings={"ignore_unknown_options": True})
@click.argument("path")
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
def execute(path: str, arguments: tuple[str, ...]) -> int:
    """Call the verb behind PATH, such as `hexci run` for a manifest; it is said on stderr."""
    import shlex

    from hexci.cli.main import cli
    from hexci.compose import namespace

    argv = namespace.verb_behind(path, arguments)
    click.echo(f"hexci {shlex.join(argv)}", err=True)
    code = cli.main(args=list(argv), standalone_mode=False)
    return code if isinstance(code, int) else 0
