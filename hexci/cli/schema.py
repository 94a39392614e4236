"""`hexci schema`: JSON Schemas of the manifests."""

import click


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--write", "folder", metavar="DIR", help="Write the schemas of all kinds to DIR.")
@click.option("--check", "checked", metavar="DIR", help="Exit 1 if those in DIR differ.")
def command(kind: str | None, folder: str | None, checked: str | None) -> int:
    """Print the JSON Schema of KIND, or of any kind of manifest."""
    from hexci.compose import manifests

    if folder is None and checked is None:
        click.echo(manifests.schema(kind), nl=False)
        return 0
    place = folder or checked or ""
    differing = manifests.write_schemas(place, only_check=folder is None)
    for name in differing:
        click.echo(f"{place}/{name} {'was written' if folder else 'is not what the models say'}")
    return 1 if checked and differing else 0
