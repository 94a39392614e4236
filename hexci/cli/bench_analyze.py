"""`hexci bench analyze`: boundaries beside import-linter, tach, ruff, dependency-cruiser, madge."""

import click


@click.command("analyze")
@click.option("-n", "--runs", default=5, show_default=True, help="Counted runs of each, paired.")
@click.option("--modules", default=6_700, show_default=True, help="Size of the generated tree.")
@click.option(
    "--tree", "trees", multiple=True, type=click.Choice(["django", "big", "typescript"]),
    help="Measure only on this tree (default: all).",
)  # fmt: skip
@click.option("--cache-dir", metavar="DIR", help="Where peers and trees are kept.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    runs: int,
    modules: int,
    trees: tuple[str, ...],
    cache_dir: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Measure `hexci analyze` cold, unchanged and with one staged file: CPU, wall, peak memory.

    The peers are installed in environments of their own on the first run (PyPI, npm); one that
    cannot be had is named with the reason. A few minutes with the default of five runs.
    """
    from hexci.compose import measurements

    text = measurements.bench_analyze(runs, modules, trees, cache_dir, as_json=as_json)
    click.echo(text, nl=False)
    return 0
