"""`hexci explain`: the page of a rule."""

import click


@click.command("explain")
@click.argument("rule", required=False)
def command(rule: str | None) -> int:
    """Say what RULE (ADR002, frozen-body) means, why, and what to do. Without RULE: list all."""
    from hexci.compose import explaining

    if rule is None:
        for known in explaining.known_rules():
            click.echo(f"{known.id}  {known.name:18} {known.title}")
        return 0
    click.echo(explaining.explained(rule), nl=False)
    return 0
