"""`hexci doctor`: what works here, and what is wrong with the workflows."""

import click

_FORMATS = ("text", "json", "sarif", "github")


@click.command("doctor")
@click.argument("files", nargs=-1)
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(files: tuple[str, ...], format_name: str, as_json: bool) -> int:  # noqa: FBT001
    """Say what works here (git, Python, sandbox, candidates, config) and audit the workflows.

    FILES: look at these workflows and composite actions only, and not at the machine. Nothing
    is executed, nothing is asked of a server. A finding is silenced by
    `# hexci: ignore[WF161] because REASON` on its line or alone on the one above.
    """
    from hexci.compose import doctoring

    outcome, text = doctoring.doctor(files, "json" if as_json else format_name)
    click.echo(text, nl=False)
    return outcome.exit_code
