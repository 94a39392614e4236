"""`hexci adr check` and `hexci adr audit`."""

import click

_FORMATS = ("text", "json", "sarif", "github")


@click.command("check")
@click.option("--base", metavar="REF", help="What the protected branch has.")
@click.option("--head", metavar="REF", help="What would be merged into it (default: the index).")
@click.option("--format", "format_name", type=click.Choice([*_FORMATS, "comment"]), default="text")
@click.option("--verify", is_flag=True, help="Run the evidence of what governs the change.")
def check(base: str | None, head: str | None, format_name: str, verify: bool) -> int:  # noqa: FBT001
    """Judge the step from BASE to what would land. 0 legal, 1 not, 2 cannot judge.

    Without options: in GitHub Actions the two sides of the event; elsewhere what is staged
    against the protected branch (origin's), or against HEAD.
    """
    from hexci.compose import ledger_judging

    outcome, text = ledger_judging.check(base, head, format_name, verify=verify)
    click.echo(text, nl=False)
    return outcome.exit_code


@click.command("audit")
@click.argument("ref", default="HEAD")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text")
def audit(ref: str, format_name: str) -> int:
    """Judge every landing of REF's first-parent line since the ledger was adopted."""
    from hexci.compose import ledger_judging

    outcome, text = ledger_judging.audit(ref, format_name)
    click.echo(text, nl=False)
    return outcome.exit_code
