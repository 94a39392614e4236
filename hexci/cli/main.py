"""The command line: which verb lives where. A verb's module is imported when it is asked for."""

import importlib
import os
import sys
import threading

import click

from hexci import __version__
from hexci.cli.failing import exit_with
from hexci.domain.late import LATE

# verb → (module with a click command of the same name, one line of help)
VERBS = {
    "do": ("hexci.cli.do", "Let candidates change a copy of the code; commit what is proven."),
    "gate": ("hexci.cli.gate", "Judge anyone's change by the evidence, without making one."),
    "review": ("hexci.cli.review", "Hunt for defects; believe only what a test shows."),
    "build": ("hexci.cli.build", "Have agents design, test and build; commit what is proven."),
    "verify": ("hexci.cli.verify", "Re-run a commit's evidence from a clean clone."),
    "analyze": ("hexci.cli.analyze", "Check who imports whom against the boundaries."),
    "why": ("hexci.cli.why", "Who and what proved a commit, or a line."),
    "adr": ("hexci.cli.adr", "Keep decisions: a ledger that only grows, checked against git."),
    "run": ("hexci.cli.run", "Run a pipeline under its capabilities and limits."),
    "system": ("hexci.cli.system", "Run pipelines joined by pipes, here or as a workflow."),
    "validate": ("hexci.cli.validate", "Check manifests strictly, offline."),
    "lint": ("hexci.cli.lint", "Check manifests and say what is odd in them."),
    "schema": ("hexci.cli.schema", "Print the JSON Schema of a kind of manifest."),
    "explain": ("hexci.cli.explain", "Say what a rule means and what to do."),
    "entity": ("hexci.cli.entity", "Things that outlive a run: list, show, move."),
    "bus": ("hexci.cli.bus", "Publish events that start whoever listens."),
    "fs": ("hexci.cli.fs", "Look at runs, state and manifests as at files."),
    "config": ("hexci.cli.config", "Show the settings that count, and by whose word."),
    "ps": ("hexci.cli.ps", "List runs."),
    "show": ("hexci.cli.show", "Show one run's record."),
    "gc": ("hexci.cli.gc", "Remove old run records."),
    "try": ("hexci.cli.try_", "See the main job on a small project with a real bug."),
    "mcp": ("hexci.cli.mcp", "Serve hexci's tools to another agent over stdio."),
    "doctor": ("hexci.cli.doctor", "Say what works here and what does not."),
    "action": ("hexci.cli.action", "Handle a GitHub event; what the Action runs."),
    "replay": ("hexci.cli.replay", "Say what a GitHub event would lead to, doing nothing."),
    "bench": ("hexci.cli.bench", "Measure hexci on this machine."),
    "init": ("hexci.cli.init", "Write the first config and workflow."),
}


class Verbs(click.Group):
    """A click group that imports a verb only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every verb, in the order a newcomer meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's click command, imported now."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(VERBS[cmd_name][0])
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of verbs, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in VERBS.items()])


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 happened, 1 did not, 2 bad input, 3 denied, 4 budget, 5 timeout, "
    "6 conflict, 7 model or platform failed.",
)
@click.version_option(__version__, prog_name="hexci")
def cli() -> None:
    """Accept work from agents you do not trust: commit a change only if the evidence proves it."""


def main() -> None:
    """Runs the command line and exits with the code of the outcome."""
    # pydantic would look for plug-ins in every installed package: 20 ms, and they could run
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = exit_with(cli)
    if _left_behind():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # an engine that is taken apart under its own call crashes
    sys.exit(code)


def _left_behind() -> bool:
    """Whether a call of a local model still runs: it cannot be interrupted."""
    return any(thread.name == LATE for thread in threading.enumerate())
