"""`hexci mcp`: the tools for other agents."""

import click

from hexci.domain.agent.profiles import PROFILES


@click.command("mcp")
@click.option("--profile", type=click.Choice(PROFILES), default="read", show_default=True,
              help="What the other agent may do; fixed for as long as this runs.")  # fmt: skip
def command(profile: str) -> int:
    """Serve hexci's verbs and tools to another agent over stdio (Model Context Protocol).

    read: look at the code at HEAD and at run records. execute: also judge changes and verify
    commits. modify: also run the main job. admin: also remove old records.
    """
    from hexci.compose import mcp

    mcp.serve_tools(profile)
    return 0
