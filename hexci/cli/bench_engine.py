"""`hexci bench engine`: what the kernel itself costs."""

import click


@click.command("engine")
@click.option("-n", "--runs", default=5, show_default=True, help="Counted runs of each, paired.")
@click.option("--cache", metavar="DIR", help="Where hexDAG is installed (~/.cache/hexci/bench).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, cache: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Run and compile 100 trivial nodes beside hexDAG, and time the law and a cold validate.

    CPU time, so that other work on the machine counts less. Nodes do nothing and nothing is
    recorded, on both sides; a real run of hexci writes every node into git.
    """
    from hexci.compose import measurements

    click.echo(measurements.bench_engine(runs, cache, as_json=as_json), nl=False)
    return 0
