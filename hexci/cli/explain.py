"""`hexci explain`: the page of a rule, a kind, a field, a capability."""

import click


@click.command("explain")
@click.argument("topic", required=False)
def command(topic: str | None) -> int:
    """Say what TOPIC means, why, and what to do. Without TOPIC: list all rules.

    A rule (ADR002, frozen-body), a kind or field (Pipeline.spec.caps), a capability (caps,
    fs.write), nodes, exit-codes, a run's id.
    """
    from hexci.compose import explaining

    if topic is None:
        for known in explaining.known_rules():
            click.echo(f"{known.id}  {known.name:24} {known.title}")
        return 0
    click.echo(explaining.explained(topic), nl=False)
    return 0
