"""`hexci lint`: manifests, offline."""

import click

_FORMATS = ("text", "json", "sarif", "github")


@click.command("lint")
@click.argument("files", nargs=-1)
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text")
def command(files: tuple[str, ...], format_name: str) -> int:
    """Check FILES (default: .hexci and manifests) and say what is merely odd, too.

    A warning is silenced by `# hexci:ignore[MAN103] because REASON` on its line.
    """
    import gc

    gc.disable()  # many objects, no cycles among them, then the process ends: a tenth of the time
    from hexci.compose import manifests

    outcome, text = manifests.check(files, format_name, lint=True)
    click.echo(text, nl=False)
    return outcome.exit_code
