"""Which lines of a commit are new: written by its last few commits."""

import re
from collections.abc import Mapping

from hexci.adapters.git.plumbing import Git

_COMMITS = 5
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_FILE = b"+++ b/"


def newest_lines(git: Git, commit: str) -> Mapping[str, frozenset[int]]:
    """Line numbers by Python file, as `commit` has them; empty where there is nothing older."""
    listed = git.run(
        "rev-list", "--first-parent", f"--max-count={_COMMITS + 1}", "--end-of-options", commit
    )
    older = listed.decode().split()[1:]
    if not older:
        return {}
    patch = git.run(
        "diff-tree", "-r", "-p", "--unified=0", "--no-renames", "--no-ext-diff", "--no-textconv",
        "--src-prefix=a/", "--dst-prefix=b/", "--diff-filter=M", older[-1], commit, "--", "*.py",
    )  # fmt: skip
    found: dict[str, set[int]] = {}
    path = ""
    for line in patch.split(b"\n"):
        hunk = _HUNK.match(line)
        if line.startswith(_FILE):
            path = line[len(_FILE) :].decode("utf-8", "surrogateescape")
        elif hunk:
            first, length = int(hunk[1]), int(hunk[2] or b"1")
            found.setdefault(path, set()).update(range(first, first + length))
    return {path: frozenset(lines) for path, lines in found.items()}
