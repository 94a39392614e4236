"""`hexci analyze`: architecture boundaries."""

import click

_FORMATS = ("text", "json", "sarif", "github", "mermaid", "dot", "html")


@click.command("analyze")
@click.argument("path", default=".", type=click.Path(file_okay=False))
@click.option("--staged", is_flag=True, help="Check what is staged, as `git commit` would take it.")
@click.option("--commit", metavar="REF", help="Check a commit.")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text")
@click.option("--engine", type=click.Choice(["scan", "tree-sitter"]), default="scan")
@click.option("--cache-dir", metavar="DIR", help="Keep the graph here (default: in .git).")
@click.option("--no-cache", is_flag=True, help="Neither read nor keep a graph.")
def command(  # noqa: PLR0913, PLR0917
    path: str,
    staged: bool,  # noqa: FBT001
    commit: str | None,
    format_name: str,
    engine: str,
    cache_dir: str | None,
    no_cache: bool,  # noqa: FBT001
) -> int:
    """Check who imports whom below PATH against .hexci/boundaries.yaml."""
    from hexci import compose

    tree = "staged" if staged else commit or "worktree"
    cache = None if no_cache else cache_dir or compose.analyze_cache(path)
    analyzer = compose.analyzer(path, tree, cache=cache, full_parse=engine == "tree-sitter")
    analysis = analyzer.analyze(compose.today())
    click.echo(compose.analysis_as(analysis, format_name), nl=False)
    return analysis.report.outcome.exit_code
