"""`hexci verify`: is a commit's evidence reproduced?"""

import click


@click.command("verify")
@click.argument("commit", default="HEAD")
@click.option(
    "--message", metavar="FILE",
    help="Check only that what a message's Hexci-… lines claim is recorded for what is staged.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(commit: str, message: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Re-run COMMIT's evidence from a clean clone: reproduced or not. Needs no network."""
    if message is not None:
        from hexci.compose import staged

        outcome, text = staged.judge_message(message)
        click.echo(text, nl=False)
        return outcome.exit_code
    from hexci.compose import records

    outcome, text = records.verify(commit, as_json=as_json)
    click.echo(text, nl=False)
    return outcome.exit_code
