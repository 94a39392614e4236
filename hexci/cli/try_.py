"""`hexci try`: the main job on a small project, in under half a minute."""

import click


@click.command("try")
@click.option("--dir", "folder", default="hexci-try", show_default=True, metavar="FOLDER",
              help="An empty folder, or one to make.")  # fmt: skip
def command(folder: str) -> int:
    """Make a small project with a real bug and run the main job on it.

    Needs no key, no model and no network: the built-in repair candidate does it.
    """
    from hexci.compose import first_steps

    return first_steps.try_it(folder, click.echo).exit_code
