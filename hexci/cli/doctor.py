"""`hexci doctor`: what works here."""

import click


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(as_json: bool) -> int:  # noqa: FBT001
    """Say what works here, what does not, and why: git, Python, sandbox, candidates."""
    from hexci.compose import first_steps

    outcome, text = first_steps.doctor(as_json=as_json)
    click.echo(text, nl=False)
    return outcome.exit_code
