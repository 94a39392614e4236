"""`hexci validate`: manifests, offline."""

import click

_FORMATS = ("text", "json", "sarif", "github")


@click.command("validate")
@click.argument("files", nargs=-1)
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text")
@click.option("--workflows", is_flag=True, help="Also compare workflows with their systems.")
def command(files: tuple[str, ...], format_name: str, workflows: bool) -> int:  # noqa: FBT001
    """Check FILES (default: .hexci and manifests) strictly. Nothing in them is executed."""
    import gc

    gc.disable()  # many objects, no cycles among them, then the process ends: a tenth of the time
    from hexci.compose import manifests

    if workflows:
        from hexci.compose.workflows import drift

        outcome, text = manifests.check(files, format_name, lint=False, also=drift)
    else:
        outcome, text = manifests.check(files, format_name, lint=False)
    click.echo(text, nl=False)
    return outcome.exit_code
