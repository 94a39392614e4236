"""The check of `hexci analyze`, and its everyday options without the command line's library.

A commit hook waits for this, and so does every CI run: click alone takes as long as reading 300
changed files. Whatever is not plain, and every error, is left to the whole command line.
"""

import sys

from hexci.domain.named_tuple import NamedTuple

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.compose.boundaries import Stamp
    from hexci.usecases.analyze_boundaries import Analyzer

FORMATS = ("text", "json", "sarif", "github", "mermaid", "dot", "html")
_FLAGS = {"--staged": "staged", "--no-cache": "no_cache"}
_VALUES = {
    "--format": "format_name", "--output": "output", "--summary": "summary", "--diff": "diff",
    "--commit": "commit",
}  # fmt: skip


class Asked(NamedTuple):
    """What the check is asked for, as the options say it."""

    path: str = "."
    staged: bool = False
    commit: str | None = None
    diff: str | None = None
    format_name: str = "text"
    output: str | None = None
    summary: str | None = None
    update_baseline: bool = False
    reason: str = ""
    engine: str = "scan"
    cache_dir: str | None = None
    no_cache: bool = False

    @property
    def tree(self) -> str:
        """Which files to look at."""
        return "staged" if self.staged else self.commit or "worktree"

    @property
    def repeatable(self) -> bool:
        """Whether the answer is only text, the same as long as nothing changes."""
        touched = self.output or self.summary or self.update_baseline or self.diff
        return not (touched or self.no_cache or self.cache_dir)


def run_plainly(argv: list[str]) -> int | None:
    """Runs `hexci analyze ARGV`; None when the command line has to do it (nothing was printed)."""
    asked = _plain(argv)
    if asked is None:
        return None
    try:
        return check(asked, argv)
    except Exception:  # noqa: BLE001 - the command line will fail likewise, and tell of it
        return None


def check(asked: Asked, argv: list[str]) -> int:
    """Checks and tells; the exit code. Raises HexciError for what cannot be judged.

    `argv` is the command line that a kept answer is for.
    """
    from hexci.compose import boundaries

    stamp = boundaries.analyze_stamp(asked.path, asked.tree) if asked.repeatable else None
    since = None if asked.diff is None else analyzer(asked, f"{asked.diff}...")
    analysis = analyzer(asked, asked.tree, stamp).analyze(boundaries.today(), since=since)
    if asked.update_baseline:
        done = boundaries.update_baseline(analysis, asked.path, asked.reason)
        sys.stderr.write(f"{done}\n")
        return 0
    text = boundaries.analysis_as(analysis, asked.format_name)
    # once again does no harm to a file that is written anew: it comes first
    if asked.output:
        boundaries.write_text(asked.output, text)
    if asked.summary:
        boundaries.append_text(asked.summary, boundaries.analysis_as(analysis, "summary"))
    if not asked.output:
        sys.stdout.write(text)
    if stamp is not None:
        boundaries.keep_answer(
            argv, asked.path, asked.tree, stamp, analysis, text, asked.format_name
        )
    return analysis.report.outcome.exit_code


def analyzer(asked: Asked, tree: str, stamp: "Stamp | None" = None) -> "Analyzer":
    """What analyzes `tree` as asked."""
    from hexci.compose import boundaries

    cache = None if asked.no_cache else asked.cache_dir or boundaries.analyze_cache(asked.path)
    full_parse = asked.engine == "tree-sitter"
    return boundaries.analyzer(asked.path, tree, cache=cache, full_parse=full_parse, stamp=stamp)


def _plain(argv: list[str]) -> Asked | None:
    """What is asked for; None when there is anything else."""
    found: dict[str, str | bool] = {}
    waiting = list(argv)
    while waiting:
        word, equals, value = waiting.pop(0).partition("=")
        if word in _FLAGS and not equals:
            found[_FLAGS[word]] = True
            continue
        if not equals and waiting:
            value = waiting.pop(0)
        if word not in _VALUES or not value or value[0] == "-":
            return None
        found[_VALUES[word]] = value
    return Asked(**found) if found.get("format_name", "text") in FORMATS else None  # type: ignore[arg-type]
