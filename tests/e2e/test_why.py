from pathlib import Path

import pytest
from fakes.command_line import EVIDENCE, buggy_repo, hexci
from fakes.repositories import commit, git

pytestmark = pytest.mark.slow


def merged(repo: Path) -> dict[str, str]:
    said = hexci(repo, "do", "add adds", "--evidence", EVIDENCE, "--candidate", "repair", "--json")
    assert said.document["outcome"] == "committed", said.err
    git(repo, "merge", "-q", "--ff-only", said.document["branch"])
    return said.document


def test_a_line_leads_to_the_run_and_the_evidence_behind_it(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    done = merged(repo)
    commit(repo, {"later.txt": "1"})
    said = hexci(repo, "why", "calc.py:2", "--json").document
    assert (said["commit"], said["evidence"]["run"]) == (done["commit"], done["run"])
    assert said["evidence"]["candidate"] == "repair"
    assert "asked by" in hexci(repo, "why", done["commit"]).out


def test_a_rebased_commit_is_known_by_the_run_in_its_trailer(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    said = hexci(
        repo, "do", "x", "--evidence", EVIDENCE, "--candidate", "repair", "--json"
    ).document
    commit(repo, {"meanwhile.txt": "1"})
    git(repo, "cherry-pick", said["branch"])
    why = hexci(repo, "why", "HEAD", "--json").document
    assert why["evidence"]["run"] == said["run"]
    assert "changed since" in why["source"]


def test_a_commit_without_evidence_says_so(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    assert hexci(repo, "why", "calc.py:1", "--json").document["evidence"] is None
    assert "none is recorded" in hexci(repo, "why", "HEAD").out


@pytest.mark.parametrize("target", ["calc.py:99", "no-such:1", "no-such-ref", "-x", "--output=x:1"])
def test_what_is_not_there_is_bad_input(tmp_path: Path, target: str) -> None:
    assert hexci(buggy_repo(tmp_path / "r"), "why", "--", target).exit_code == 2
