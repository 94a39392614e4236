"""`hexci bench overhead`: what hexci adds to the commands it is put round."""

import click


@click.command("overhead")
@click.option("-n", "--runs", default=5, show_default=True, help="Counted runs of each, paired.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, as_json: bool) -> int:  # noqa: FBT001
    """Time `hexci --version` against `import click`, and a whole `hexci do` with a scripted agent.

    The agent makes one edit; the evidence sleeps for a second. What is left after the evidence
    runs is what hexci adds.
    """
    from hexci.compose import measurements

    click.echo(measurements.bench_overhead(runs, as_json=as_json), nl=False)
    return 0
