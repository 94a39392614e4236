"""`hexci system`: pipelines joined by pipes, here or as a workflow."""

import click


@click.group("system")
def command() -> None:
    """Run a System here, or compile it to a workflow of GitHub Actions."""


@command.command("run")
@click.argument("manifest")
@click.option("--system", "name", default="", metavar="NAME", help="Which one, of several.")
@click.option("--base", default="HEAD", show_default=True, metavar="REF", help="Of this commit.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def run(manifest: str, name: str, base: str, as_json: bool) -> int:  # noqa: FBT001
    """Run a system of MANIFEST, as it stands in a commit; independent processes in parallel."""
    from hexci.compose import systems

    ended = systems.run(manifest, base, name)
    click.echo(systems.ended_as(ended, as_json=as_json), nl=False)
    return ended.result.outcome.exit_code


@command.command("compile")
@click.argument("manifests", nargs=-1)
@click.option("--uses", default="", metavar="ACTION@COMMIT", help="The hexci that jobs run, or ./")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a workflow differs.")
def compile_(manifests: tuple[str, ...], uses: str, check: bool) -> int:  # noqa: FBT001
    """Write .github/workflows/hexci-NAME.yml for every system in MANIFESTS (default: all)."""
    from hexci.compose import workflows

    if check:
        outcome, text = workflows.check(manifests)
        click.echo(text, nl=False)
        return outcome.exit_code
    for one in workflows.compile_systems(manifests, uses):
        click.echo(f"{one.path}: {'written' if one.differs else 'as it was'}")
    return 0
