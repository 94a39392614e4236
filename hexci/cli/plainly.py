"""`hexci analyze` with its everyday options, without the weight of the command line's library.

A commit hook waits for this: click alone takes as long as reading 300 changed files. Whatever is
not plain, and every error, is left to the whole command line.
"""

import sys

from hexci.errors import HexciError

_FORMATS = ("text", "json", "sarif", "github")


def run_plainly(argv: list[str]) -> int | None:
    """Runs `hexci analyze ARGV`; None when the command line has to do it (nothing was printed)."""
    asked = _plain(argv)
    if asked is None:
        return None
    tree, format_name, cached = asked
    from hexci.compose import boundaries

    try:
        stamp = boundaries.analyze_stamp(".", tree) if cached else None
        cache = boundaries.analyze_cache(".") if cached else None
        analysis = boundaries.analyzer(".", tree, cache=cache, stamp=stamp).analyze(
            boundaries.today()
        )
    except HexciError:
        return None
    text = boundaries.analysis_as(analysis, format_name)
    code = analysis.report.outcome.exit_code
    sys.stdout.write(text)
    if stamp is not None:
        boundaries.keep_answer(argv, ".", tree, stamp, analysis, text, format_name)
    return code


def _plain(argv: list[str]) -> tuple[str, str, bool] | None:
    """(tree, format, whether to use what is kept), None when there is anything else."""
    tree, format_name, cached = "worktree", "text", True
    waiting = list(argv)
    while waiting:
        word = waiting.pop(0)
        if word == "--staged":
            tree = "staged"
        elif word == "--no-cache":
            cached = False
        elif word == "--format" and waiting and waiting[0] in _FORMATS:
            format_name = waiting.pop(0)
        else:
            return None
    return tree, format_name, cached
