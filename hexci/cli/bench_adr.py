"""`hexci bench adr`: what a check of a large ledger costs."""

import click


@click.command("adr")
@click.option("-n", "--runs", default=5, show_default=True, help="Counted runs of each, paired.")
@click.option("--records", default=1000, show_default=True, help="Size of the ledger.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, records: int, as_json: bool) -> int:  # noqa: FBT001
    """Time `hexci adr check` beside `git diff`, and the index beside adr-tools where it is."""
    from hexci.compose import measurements

    click.echo(measurements.bench_ledger(runs, records, as_json=as_json), nl=False)
    return 0
