"""`hexci bench repair`: how many bugs the model-free candidate fixes, and how many rightly."""

from pathlib import Path

import click

HALVES = ("seen", "seen-algorithms", "seen-later", "held")


@click.command("repair")
@click.option(
    "--half",
    type=click.Choice(HALVES),
    multiple=True,
    default=HALVES,
    help="Cases the engine was tuned on (seen) or not (held). Default: all.",
)
@click.option(
    "--share",
    type=click.FloatRange(0.1, 1.0),
    multiple=True,
    default=(1.0, 0.5),
    show_default=True,
    help="Share of each case's tests that the search may see.",
)
@click.option("--only", multiple=True, help="Names of cases, or of packages.")
@click.option("--published", is_flag=True, help="Also real bugs, fetched from the package index.")
@click.option("--plot", type=click.Path(path_type=Path), help="Write a drawing to this file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    half: tuple[str, ...],
    share: tuple[float, ...],
    only: tuple[str, ...],
    published: bool,  # noqa: FBT001
    plot: Path | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Repair small programs with one slip each; held-back random inputs say whether rightly."""
    from hexci.compose.measurements import bench_repair

    text, drawing = bench_repair(half, share, only, published=published, as_json=as_json)
    click.echo(text, nl=False)
    if plot is not None:
        plot.write_text(drawing, "utf-8")
    return 0
