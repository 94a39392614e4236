"""Small fixes in a history, found without reading any content."""

import re
from collections.abc import Iterator

from hexci.adapters.git.plumbing import Git
from hexci.domain.test_files import is_test_file

_SAYS_FIX = re.compile(
    rb"\b(fix|fixe[sd]|bug|crash|wrong|regression|correct(s|ed)?)\b", re.IGNORECASE
)
_COMMIT = b"\x01"  # begins a commit's own line


def fixes_in(git: Git, commit: str, most: int) -> Iterator[tuple[str, str, str]]:
    """(path, blob before, blob after) of commits that say fix and modify one Python source file.

    Tests, documents and other files beside it may change too.
    """
    log = git.run(
        "log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-merges", "--no-show-signature",
        "--no-ext-diff", f"--max-count={most}", "--format=%x01%s", "--end-of-options", commit,
    )  # fmt: skip
    for part in log.split(_COMMIT)[1:]:
        subject, *fields = part.split(b"\0")
        if not _SAYS_FIX.search(subject):
            continue
        changed = [
            (path.decode("utf-8", "surrogateescape"), *meta.lstrip(b"\n:").decode().split(" ")[2:5])
            for meta, path in zip(fields[::2], fields[1::2], strict=False)
            if path.endswith(b".py")
        ]
        sources = [each for each in changed if not is_test_file(each[0])]
        if len(sources) == 1 and sources[0][3] == "M":
            yield sources[0][0], sources[0][1], sources[0][2]
