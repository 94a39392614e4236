"""`hexci init`: the first files."""

import click


@click.command("init")
@click.option("--no-workflow", is_flag=True, help="Write no workflow for GitHub.")
@click.option(
    "--action", metavar="OWNER/NAME@SHA", help="The Action in the workflow. Default: this hexci's."
)
@click.option("--force", is_flag=True, help="Also write over files that are there and differ.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would be written.")
@click.option("--diff", is_flag=True, help="Write nothing; show how files differ from ours.")
def command(
    no_workflow: bool,  # noqa: FBT001
    action: str | None,
    force: bool,  # noqa: FBT001
    check: bool,  # noqa: FBT001
    diff: bool,  # noqa: FBT001
) -> int:
    """Write .hexci/config.yaml and .github/workflows/hexci.yml, and say what they lead to.

    What is there already is left as it is, unless --force is given.
    """
    from hexci.compose import first_steps

    if no_workflow and action:
        raise click.UsageError("give --action or --no-workflow, not both")
    dry = check or diff
    asked = "" if no_workflow else action
    files = first_steps.init(action=asked, force=force, dry=dry)
    for file in files:
        if diff:
            click.echo(first_steps.difference(file), nl=False)
        else:
            click.echo(_told(file.is_due(force=force), file.is_own, file.path, dry=dry))
    if check and any(file.is_due(force=force) for file in files):
        return 1
    if not dry and any(file.is_due(force=force) for file in files):
        click.echo(f"\n{first_steps.what_becomes_active(files)}")
    return 0


def _told(due: bool, own: bool, path: str, *, dry: bool) -> str:  # noqa: FBT001
    if due:
        return f"would write {path}" if dry else f"wrote {path}"
    return f"kept  {path}" + (" (yours; see hexci init --diff)" if own else "")
