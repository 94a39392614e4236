"""`hexci analyze`: architecture boundaries."""

import sys

import click

from hexci.cli.plainly import FORMATS, Asked, analyzer, check

_TOOLS = ("import-linter", "tach", "dependency-cruiser", "deptrac")


@click.command("analyze")
@click.argument("path", default=".", type=click.Path(file_okay=False))
@click.option("--staged", is_flag=True, help="Check what is staged, as `git commit` would take it.")
@click.option("--commit", metavar="REF", help="Check a commit.")
@click.option("--diff", metavar="BASE", help="Tell only what is new since BASE; all is checked.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="text")
@click.option("--output", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--summary", metavar="FILE", help="Append a step summary with the picture.")
@click.option("--update-baseline", is_flag=True, help="Record today's violations as known.")
@click.option("--reason", default="", help="Why new baseline entries are accepted.")
@click.option("--infer", is_flag=True, help="Propose a config from today's graph.")
@click.option("--modules", is_flag=True, help="List the modules, as rules name them.")
@click.option("--import", "tool", type=click.Choice(_TOOLS), help="Turn another tool's config.")
@click.option("--engine", type=click.Choice(["scan", "tree-sitter"]), default="scan")
@click.option("--cache-dir", metavar="DIR", help="Keep the graph here (default: in .git).")
@click.option("--no-cache", is_flag=True, help="Neither read nor keep anything.")
def command(*, infer: bool, modules: bool, tool: str | None, **options: object) -> int:
    """Check who imports whom below PATH against .hexci/boundaries.yaml."""
    asked = Asked(**options)  # type: ignore[arg-type]
    if infer or modules or tool:
        click.echo(_proposed(asked, tool, modules=modules), nl=False)
        return 0
    return check(asked, sys.argv[2:])


def _proposed(asked: Asked, tool: str | None, *, modules: bool) -> str:
    from hexci.compose import boundaries

    if tool:
        return boundaries.imported_boundaries(tool, asked.path)
    _, graph = analyzer(asked, asked.tree).survey()
    return boundaries.survey_as(graph, modules=modules)
