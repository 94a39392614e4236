"""`hexci bench analyze`: boundaries beside import-linter, tach and dependency-cruiser."""

import click


@click.command("analyze")
@click.option("-n", "--runs", default=7, show_default=True, help="Counted runs of each, paired.")
@click.option("--modules", default=6_700, show_default=True, help="Size of the generated tree.")
@click.option("--cache-dir", metavar="DIR", help="Where peers and trees are kept.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, modules: int, cache_dir: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Time `hexci analyze` cold, unchanged and with one staged file, and its peak memory.

    The peers are installed in environments of their own on the first run (PyPI, npm).
    """
    from hexci.compose import measurements

    click.echo(measurements.bench_analyze(runs, modules, cache_dir, as_json=as_json), nl=False)
    return 0
