"""`hexci adr`: the ledger of decisions. Which verb lives where; imported when asked for."""

import importlib

import click

# verb → (module, its attribute there, one line of help)
VERBS = {
    "new": ("adr_write", "new", "Propose a decision."),
    "accept": ("adr_write", "accept", "Accept a proposal, and retire what it supersedes."),
    "complete": ("adr_write", "complete", "Complete a decision if its evidence passes."),
    "reject": ("adr_write", "reject", "Reject a proposal."),
    "abandon": ("adr_write", "abandon", "Give a proposal up."),
    "deprecate": ("adr_write", "deprecate", "Retire a decision without a successor."),
    "supersede": ("adr_write", "supersede", "Accept NEW in place of OLD, written on both sides."),
    "amend": ("adr_write", "amend", "Put something right below a decision."),
    "list": ("adr_read", "list_", "List the records."),
    "show": ("adr_read", "show", "Show a record."),
    "governing": ("adr_read", "governing", "Which records govern these paths."),
    "context": ("adr_read", "context", "Cards for an agent that will touch these files."),
    "graph": ("adr_read", "graph", "How the records hang together."),
    "check": ("adr_check", "check", "Is what would land a legal step?"),
    "audit": ("adr_check", "audit", "Was every landing a legal step?"),
    "index": ("adr_write", "index", "Write the index anew."),
    "import": ("adr_import", "import_", "Take over records of another tool."),
    "adopt": ("adr_import", "adopt", "From here on the rules apply."),
}
# the names that older habits have
ALSO = {"reindex": "index"}


class Verbs(click.Group):
    """A group that imports a verb only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every verb, in the order of a decision's life."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's click command, imported now."""
        name = ALSO.get(cmd_name, cmd_name)
        if name not in VERBS:
            return None
        module, attribute, _ = VERBS[name]
        command = getattr(importlib.import_module(f"hexci.cli.{module}"), attribute)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of verbs, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in VERBS.items()])


@click.group("adr", cls=Verbs)
def command() -> None:
    """Keep architecture decisions as files that only grow; git is the witness.

    Verbs that write change the work tree only, and only legally; commit what they write.
    """
