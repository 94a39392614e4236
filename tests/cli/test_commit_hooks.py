"""What the hooks of a commit call: `hexci gate --staged`, `hexci verify --message`."""

from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, FIX, hexci
from fakes.repositories import git, repo_with

CONFIG = f'kind: Config\nspec:\n  evidence: {{default: {{command: "{EVIDENCE}"}}}}\n'
FILES = {**BUGGY, ".hexci/config.yaml": f"{CONFIG}  paths: {{protect: [locked/**]}}\n"}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repo_with(tmp_path / "r", {**FILES, "locked/a.txt": "a\n", "b.txt": "b\n"})


def stage(repo: Path, path: str, text: str) -> None:
    place = repo / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    git(repo, "add", "-A")


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("b.txt", "c\n", ""),
        ("test_new.py", "import unittest\n", ""),
        ("locked/a.txt", "c\n", "locked/a.txt: is part of the evidence; a change may not edit it"),
        ("test_calc.py", "", "test_calc.py: "),
        (".hexci/config.yaml", CONFIG, ".hexci/config.yaml: is part of the evidence"),
        (".github/workflows/w.yml", "on: push\n", ".github/workflows/w.yml: is part of"),
    ],
)
def test_staged_paths_are_judged_as_the_gate_would(
    repo: Path, path: str, text: str, said: str
) -> None:
    stage(repo, path, text)
    done = hexci(repo, "gate", "--staged")
    assert (done.exit_code, done.out.startswith(said)) == (3 if said else 0, True), done.out


def test_what_is_not_staged_and_an_unborn_branch_are_no_matter(tmp_path: Path, repo: Path) -> None:
    (repo / "locked/a.txt").write_text("edited\n")
    assert hexci(repo, "gate", "--staged").exit_code == 0
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    git(fresh, "init", "-q")
    assert hexci(fresh, "gate", "--staged").exit_code == 0


def test_the_index_of_a_partial_commit_is_the_one_that_counts(repo: Path) -> None:
    stage(repo, "locked/a.txt", "edited\n")
    clean = repo / ".git/other-index"
    assert hexci(repo, "gate", "--staged").exit_code == 3
    clean.write_bytes((repo / ".git/index").read_bytes())
    git(repo, "reset", "-q", "--hard")
    assert hexci(repo, "gate", "--staged", GIT_INDEX_FILE=".git/other-index").exit_code == 3
    assert hexci(repo, "gate", "--staged").exit_code == 0


def test_a_gate_still_asks_for_its_base(repo: Path) -> None:
    assert hexci(repo, "gate").exit_code == 2
    assert hexci(repo, "gate", "--staged", "--json").exit_code == 2


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Mend it\n", 0),
        ("Mend it\n\n# Hexci-Run: of a comment\n", 0),
        ("Mend it\n\nHexci-Run: 1\n", 1),
        (f"Mend it\n\nHexci-Run: 1\nHexci-Gate: red\nHexci-Evidence: sha256:{'0' * 64}\n", 1),
        ("Mend it\n# ------------------------ >8 ------------------------\nHexci-Run: 1\n", 0),
    ],
)
def test_a_message_may_not_claim_what_is_not_recorded(repo: Path, message: str, code: int) -> None:
    (repo / "message").write_text(message)
    done = hexci(repo, "verify", "--message", "message")
    assert (done.exit_code, done.out.startswith("message: ")) == (code, code == 1)


@pytest.mark.slow
def test_a_proof_of_hexcis_own_is_believed_for_its_very_tree(repo: Path) -> None:
    done = hexci(repo, "do", "fix add", "--candidate", FIX, "--json")
    branch = done.document["branch"]
    (repo / "message").write_text(git(repo, "log", "-1", "--format=%B", branch))
    (repo / ".git/info/exclude").write_text("message\n")
    git(repo, "read-tree", "-u", "--reset", branch)
    assert hexci(repo, "verify", "--message", "message").exit_code == 0
    stage(repo, "b.txt", "something else\n")
    assert "no evidence sha256:" in hexci(repo, "verify", "--message", "message").out
