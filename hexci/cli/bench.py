"""`hexci bench`: measurements on this machine, each against a peer in the same run."""

import importlib

import click

# benchmark → (module with a click command, one line of help)
BENCHES = {
    "action": ("hexci.cli.bench_action", "How soon the Action says something useful."),
    "adr": ("hexci.cli.bench_adr", "A large ledger's check beside git diff and adr-tools."),
    "analyze": ("hexci.cli.bench_analyze", "Boundaries beside import-linter, tach and others."),
    "engine": ("hexci.cli.bench_engine", "The kernel beside hexDAG: a node, compiling, the law."),
    "gate": ("hexci.cli.bench_gate", "The gate beside its evidence alone, and each step's worth."),
    "repair": ("hexci.cli.bench_repair", "Small programs with one slip each: fixed, and rightly?"),
    "review": ("hexci.cli.bench_review", "Seeded defects, and clean twins: found without a model?"),
    "overhead": ("hexci.cli.bench_overhead", "Start-up and hexci do, against the bare commands."),
}


class Benches(click.Group):
    """A click group that imports a benchmark only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every benchmark."""
        return list(BENCHES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The benchmark's click command, imported now."""
        if cmd_name not in BENCHES:
            return None
        command = importlib.import_module(BENCHES[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of benchmarks, without importing any."""
        with formatter.section("Benchmarks"):
            formatter.write_dl([(name, text) for name, (_, text) in BENCHES.items()])


@click.group("bench", cls=Benches)
def command() -> None:
    """Measure hexci on this machine: ratios to a peer in the same run, with their spread."""
