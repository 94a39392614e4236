"""`hexci replay`: the plan that CI would execute for an event."""

import json
from typing import BinaryIO

import click


@click.command("replay")
@click.argument("event_file", type=click.File("rb"), metavar="EVENT.json")
@click.option("--event", default="issue_comment", show_default=True, help="GitHub's name of it.")
@click.option("--permission", type=click.Choice(["admin", "write", "read", "none"]),
              default="write", show_default=True, help="What its sender would have.")  # fmt: skip
@click.option("--fork", is_flag=True, help="The pull request is a fork's.")
@click.option("--task", default="", help="The input `task` of the Action.")
@click.option("--evidence", default="", help="The input `evidence` of the Action.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    event_file: BinaryIO,
    event: str,
    permission: str,
    fork: bool,  # noqa: FBT001
    task: str,
    evidence: str,
) -> None:
    """Say what EVENT.json (a webhook payload) would lead to here. Asks nobody, does nothing."""
    from hexci.compose import replaying
    from hexci.domain.asking.delivery import Inputs

    told = replaying.replay(
        event_file.read(),
        event,
        Inputs(task=task, evidence=evidence),
        writes=permission in {"admin", "write"},
        fork=fork,
    )
    click.echo(json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True))
