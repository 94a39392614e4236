"""`hexci bench overhead`: what hexci adds to the commands it is put round."""

import click


@click.command("overhead")
@click.option("-n", "--runs", default=5, show_default=True, help="Counted runs of each, paired.")
@click.option("--agents", is_flag=True, help="Beside mini-swe-agent, same script and endpoint.")
@click.option("--cache", metavar="DIR", help="Where the peer is installed (~/.cache/hexci/bench).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(runs: int, agents: bool, cache: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Time `hexci --version` against `import click`, and a whole `hexci do` with a scripted agent.

    The agent makes one edit; the evidence sleeps for a second. What is left after the evidence
    runs is what hexci adds. With --agents: ten scripted model calls, hexci's gate included.
    """
    from hexci.compose import measurements

    if agents:
        click.echo(measurements.bench_agents(runs, cache, as_json=as_json), nl=False)
        return 0
    click.echo(measurements.bench_overhead(runs, as_json=as_json), nl=False)
    return 0
