"""`hexci bench review`: how many seeded defects the lenses find that need no model."""

import click


@click.command("review")
@click.option("--only", multiple=True, metavar="NAME", help="A project, or project/defect; repeat.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(only: tuple[str, ...], as_json: bool) -> int:  # noqa: FBT001
    """Review nine small projects with thirty defects in all, and their clean twins.

    A defect counts as found when a proven finding lies in a function that it touches.
    """
    from hexci.compose.review_bench import bench_review

    click.echo(bench_review(only, as_json=as_json), nl=False)
    return 0
