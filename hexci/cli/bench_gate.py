"""`hexci bench gate`: what the gate costs, and what each of its steps is worth."""

import click


@click.command("gate")
@click.option("-n", "--runs", default=3, show_default=True, help="Counted runs of each, paired.")
@click.option(
    "--tests", "sizes", multiple=True, type=click.IntRange(4), default=(10, 100, 1000),
    show_default=True, help="Sizes of the suites.",
)  # fmt: skip
@click.option(
    "--catalogue/--no-catalogue", default=True,
    help="Judge the attacks as well, in hexci's own checkout. This takes minutes.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, sizes: tuple[int, ...], catalogue: bool, as_json: bool) -> int:  # noqa: FBT001
    """Time `hexci gate`, step by step, against its evidence alone, on suites of several sizes.

    Each test waits for 5 ms, one is red without the change. In hexci's own checkout the attacks
    of the catalogue are judged too: how many each step refuses, and how many would be accepted
    without it.
    """
    from hexci.compose import measurements

    text = measurements.bench_gate(runs, sizes, catalogue=catalogue, as_json=as_json)
    click.echo(text, nl=False)
    return 0
