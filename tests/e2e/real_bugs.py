"""Three real bugs of three published packages, and what the repair candidate makes of them.

Outcomes were measured on two shared cores; seconds are of the whole `hexci do`.
"""

from dataclasses import dataclass
from pathlib import Path

from fakes.repositories import git

from hexci.adapters.repairbench.published import PUBLISHED, PublishedBug, unpack_bug


@dataclass(frozen=True, slots=True)
class RealBug:
    """A bug, the file its fix is in, and the outcomes that are honest for it."""

    bug: PublishedBug
    file: str
    outcomes: tuple[str, ...]
    quick: bool = True


REAL_BUGS = (
    # dropping one operand of one condition; 7 s of search on two quiet cores, and it has 45
    RealBug(PUBLISHED[0], "xmltodict.py", ("committed",)),
    # a bent literal passes the one test that asks for it: it must not be committed
    RealBug(PUBLISHED[1], "parse.py", ("unproven", "no_change"), quick=False),
    # the fix is a new branch; small edits that pass differ from one another
    RealBug(PUBLISHED[2], "tabulate.py", ("unproven", "no_change", "committed"), quick=False),
)


def repository_of(bug: PublishedBug, folder: Path, cache: Path) -> Path:
    """A git repository with the broken release and the tests that show the bug."""
    project = unpack_bug(bug, folder, cache)
    git(project, "init", "-q")
    git(project, "add", "-A", "-f")
    git(project, "commit", "-q", "-m", f"{bug.package} {bug.broken}")
    return project
