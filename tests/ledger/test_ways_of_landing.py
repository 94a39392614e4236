"""However a branch lands, the clone that CI makes of it is enough, and the verdict is the same."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.ledgers import ledger_repo, path_of, record
from fakes.repositories import commit, git

OLD = "2026-01-01-redis"
TEXT = record(OLD, "accepted")
EDIT = TEXT.replace("There was a choice", "There was no choice")
GROWTH = TEXT + "\n## Amendments\n\n- 2026-02-01 erratum: One, not two.\n"
Event = dict[str, object]


def merged_for_review(repo: Path, before: str) -> tuple[str, Event]:
    """The merge ref of a pull request; the base branch is one commit ahead of the branch."""
    head = git(repo, "rev-parse", "feature")
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge", "feature")
    request = {"head": {"sha": head}, "base": {"sha": before}, "labels": []}
    return "pull_request", {"pull_request": request}


def queued(repo: Path, before: str) -> tuple[str, Event]:
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge pull request #7", "feature")
    return "merge_group", {"merge_group": {"base_sha": before}}


def squashed(repo: Path, before: str) -> tuple[str, Event]:
    git(repo, "merge", "-q", "--squash", "feature")
    git(repo, "commit", "-q", "-m", "Squashed (#7)")
    return "push", {"before": before, "after": git(repo, "rev-parse", "HEAD")}


def rebased(repo: Path, before: str) -> tuple[str, Event]:
    git(repo, "switch", "-q", "feature")
    git(repo, "rebase", "-q", "main")
    git(repo, "switch", "-q", "main")
    git(repo, "merge", "-q", "--ff-only", "feature")
    return "push", {"before": before, "after": git(repo, "rev-parse", "HEAD")}


def merged(repo: Path, before: str) -> tuple[str, Event]:
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge", "feature")
    return "push", {"before": before, "after": git(repo, "rev-parse", "HEAD")}


WAYS = [merged_for_review, queued, squashed, rebased, merged]


def judged(clone: Path, name: str, event: Event) -> tuple[int, str]:
    """Exit code and standard error of `hexci adr check` as the Action's step runs it."""
    file = clone.parent / "event.json"
    file.write_text(json.dumps(event))
    done = subprocess.run(
        [sys.executable, "-m", "hexci", "adr", "check"],
        cwd=clone,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")},
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(file),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def landing(folder: Path, way: Callable[[Path, str], tuple[str, Event]], text: str, depth: int,
            work: int = 1) -> tuple[int, str]:  # fmt: skip
    repo = ledger_repo(folder / "repo", {path_of(OLD): TEXT})
    git(repo, "switch", "-q", "-c", "feature")
    for number in range(work):
        commit(repo, {f"src/work{number}.py": "w = 1\n"})
    commit(repo, {path_of(OLD): text})
    git(repo, "switch", "-q", "main")
    before = commit(repo, {"src/meanwhile.py": "m = 1\n"})
    name, event = way(repo, before)
    git(folder, "clone", "-q", f"--depth={depth}", "-b", "main", repo.as_uri(), "clone")
    return judged(folder / "clone", name, event)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(("text", "code"), [(EDIT, 1), (GROWTH, 0)], ids=["edit", "amendment"])
def test_a_clone_of_two_commits_tells_an_edit_from_an_amendment(
    tmp_path: Path, way: Callable[[Path, str], tuple[str, Event]], text: str, code: int
) -> None:
    found, told = landing(tmp_path, way, text, 2, work=0 if way is rebased else 1)
    assert (found, "ADR002" in told) == (code, bool(code)), told


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_clone_of_one_commit_cannot_be_judged_and_says_what_to_do(
    tmp_path: Path, way: Callable[[Path, str], tuple[str, Event]]
) -> None:
    found, told = landing(tmp_path, way, GROWTH, 1)
    assert found == 2
    assert "fetch-depth: 2" in told


def test_a_rebase_of_several_commits_needs_them_all(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "all").mkdir()
    assert landing(tmp_path / "two", rebased, EDIT, 2)[0] == 2
    found, told = landing(tmp_path / "all", rebased, EDIT, 50)
    assert (found, "ADR002" in told) == (1, True)
