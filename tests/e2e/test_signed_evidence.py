import subprocess
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, hexci
from fakes.repositories import git, repo_with

pytestmark = pytest.mark.slow


def key_in(folder: Path, name: str) -> Path:
    key = folder / name
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key)], check=True
    )
    return key


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    return key_in(tmp_path, "trusted"), key_in(tmp_path, "stranger")


@pytest.fixture
def repo(tmp_path: Path, keys: tuple[Path, Path]) -> Path:
    public = keys[0].with_suffix(".pub").read_text()
    allowed = f'ci@example.org namespaces="hexci-evidence" {public}'
    return repo_with(tmp_path / "r", {**BUGGY, ".hexci/allowed_signers": allowed})


def landed(repo: Path, **more: str) -> dict[str, str]:
    asked = ("do", "x", "--evidence", EVIDENCE, "--candidate", "repair", "--json")
    said = hexci(repo, *asked, **more)
    assert said.document["outcome"] == "committed", said.err
    return said.document


def test_evidence_signed_by_an_allowed_key_is_reproduced(
    repo: Path, keys: tuple[Path, Path]
) -> None:
    done = landed(repo, HEXCI_SIGNING_KEY=str(keys[0]))
    said = hexci(repo, "verify", done["branch"], "--json")
    assert (said.exit_code, said.document["reproduced"]) == (0, True)


@pytest.mark.parametrize("key", ["stranger", "none"])
def test_evidence_of_a_stranger_or_of_nobody_is_not_believed(
    repo: Path, keys: tuple[Path, Path], key: str
) -> None:
    """T20: another key, or none."""
    done = landed(repo, **({"HEXCI_SIGNING_KEY": str(keys[1])} if key == "stranger" else {}))
    said = hexci(repo, "verify", done["branch"], "--json")
    assert said.document["outcome"] == "tampered"
    assert "sign" in said.document["findings"][0]


def test_a_signature_cannot_be_moved_to_another_tree(repo: Path, keys: tuple[Path, Path]) -> None:
    """T20: a note replayed on another tree."""
    done = landed(repo, HEXCI_SIGNING_KEY=str(keys[0]))
    note = git(repo, "notes", "--ref=hexci/evidence", "show", done["tree"])
    (repo / "calc.py").write_text("def add(a, b):\n    return b + a\n")
    git(repo, "commit", "-qam", "other")
    other = git(repo, "rev-parse", "HEAD^{tree}")
    git(repo, "notes", "--ref=hexci/evidence", "add", "-m", note, other)
    said = hexci(repo, "verify", "HEAD", "--json")
    assert said.document["outcome"] == "tampered"
    assert "is about tree" in said.document["findings"][0]


def test_a_key_that_is_not_there_is_bad_input_before_anything_starts(repo: Path) -> None:
    said = hexci(repo, "do", "x", "--evidence", EVIDENCE, HEXCI_SIGNING_KEY="/no/such/key")
    assert (said.exit_code, git(repo, "for-each-ref", "refs/hexci")) == (2, "")
