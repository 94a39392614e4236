"""`hexci analyze`: architecture boundaries."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hexci.compose.boundaries import Stamp
    from hexci.usecases.analyze_boundaries import Analyzer

_FORMATS = ("text", "json", "sarif", "github", "mermaid", "dot", "html")
_TOOLS = ("import-linter", "tach", "dependency-cruiser", "deptrac")


@click.command("analyze")
@click.argument("path", default=".", type=click.Path(file_okay=False))
@click.option("--staged", is_flag=True, help="Check what is staged, as `git commit` would take it.")
@click.option("--commit", metavar="REF", help="Check a commit.")
@click.option("--diff", metavar="BASE", help="Tell only what is new since BASE; all is checked.")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text")
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
def command(**options: object) -> int:
    """Check who imports whom below PATH against .hexci/boundaries.yaml."""
    asked = _Asked(**options)  # type: ignore[arg-type]
    return _propose(asked) if asked.infer or asked.modules or asked.tool else _check(asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    path: str
    staged: bool
    commit: str | None
    diff: str | None
    format_name: str
    output: str | None
    summary: str | None
    update_baseline: bool
    reason: str
    infer: bool
    modules: bool
    tool: str | None
    engine: str
    cache_dir: str | None
    no_cache: bool

    @property
    def tree(self) -> str:
        """Which files to look at."""
        return "staged" if self.staged else self.commit or "worktree"

    @property
    def repeatable(self) -> bool:
        """Whether the answer is only text, the same as long as nothing changes."""
        touched = self.output or self.summary or self.update_baseline or self.diff
        return not (touched or self.no_cache or self.cache_dir)


def _check(asked: _Asked) -> int:
    from hexci.compose import boundaries

    stamp = boundaries.analyze_stamp(asked.path, asked.tree) if asked.repeatable else None
    analyzer = _analyzer(asked, asked.tree, stamp)
    since = None if asked.diff is None else _analyzer(asked, f"{asked.diff}...")
    analysis = analyzer.analyze(boundaries.today(), since=since)
    if asked.update_baseline:
        click.echo(boundaries.update_baseline(analysis, asked.path, asked.reason), err=True)
        return 0
    text = boundaries.analysis_as(analysis, asked.format_name)
    code = analysis.report.outcome.exit_code
    if asked.summary:
        boundaries.append_text(asked.summary, boundaries.analysis_as(analysis, "summary"))
    if asked.output:
        boundaries.write_text(asked.output, text)
    else:
        click.echo(text, nl=False)
    if stamp is not None:
        boundaries.keep_answer(
            sys.argv[2:], asked.path, asked.tree, stamp, analysis, text, asked.format_name
        )
    return code


def _propose(asked: _Asked) -> int:
    from hexci.compose import boundaries

    if asked.tool:
        text = boundaries.imported_boundaries(asked.tool, asked.path)
    else:
        settings_and_graph = _analyzer(asked, asked.tree).survey()
        text = boundaries.survey_as(settings_and_graph[1], modules=asked.modules)
    click.echo(text, nl=False)
    return 0


def _analyzer(asked: _Asked, tree: str, stamp: "Stamp | None" = None) -> "Analyzer":
    from hexci.compose import boundaries

    cache = None if asked.no_cache else asked.cache_dir or boundaries.analyze_cache(asked.path)
    full_parse = asked.engine == "tree-sitter"
    return boundaries.analyzer(asked.path, tree, cache=cache, full_parse=full_parse, stamp=stamp)
