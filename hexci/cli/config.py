"""`hexci config`: what counts here, and by whose word."""

import click


@click.command("config")
@click.argument("manifest", required=False)
@click.option("--pipeline", default="", metavar="NAME", help="Which one, where there are several.")
@click.option("--node", default="", metavar="NAME", help="As it is for this node of it.")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", help="As with run --limit.")
@click.option("--deny", "denied", multiple=True, metavar="CAP", help="As with run --deny.")
@click.option("--base", default="HEAD", show_default=True, metavar="REF", help="Of this commit.")
@click.option("--show-origin", is_flag=True, help="Whose word each is, and what others said.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    manifest: str | None,
    pipeline: str,
    node: str,
    limits: tuple[str, ...],
    denied: tuple[str, ...],
    base: str,
    show_origin: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """Show the settings that count: of the repository, of a pipeline of MANIFEST, of its node.

    Values: the last to speak wins. Limits: the smallest. Capabilities: what all allow and none
    denies.
    """
    from hexci.compose import configuring
    from hexci.domain.law.narrowed import Narrowed

    if node and manifest is None:
        raise click.UsageError("--node goes with a MANIFEST")
    asked = configuring.Asked(manifest or "", pipeline, node, Narrowed(limits, denied))
    click.echo(
        configuring.shown(asked, base, as_json=as_json, show_origin=show_origin or as_json),
        nl=False,
    )
    return 0
