from pathlib import Path

import pytest
from fakes.command_line import EVIDENCE, buggy_repo, hexci
from fakes.repositories import git, repo_with

pytestmark = pytest.mark.slow


def test_try_shows_the_whole_way_and_leaves_a_proven_commit(tmp_path: Path) -> None:
    said = hexci(tmp_path, "try")
    assert said.exit_code == 0, said.err
    for shown in ("tests fail", "-    if quantity > 100:", "proven", "committed:", "hexci verify"):
        assert shown in said.out
    folder = tmp_path / "hexci-try"
    branch = git(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads/hex")
    assert hexci(folder, "verify", branch).exit_code == 0


def test_try_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("mine")
    said = hexci(tmp_path, "try", "--dir", "mine")
    assert (said.exit_code, [p.name for p in (tmp_path / "mine").iterdir()]) == (2, ["file"])


def test_init_writes_a_config_that_do_can_use_and_keeps_what_is_there(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    assert "wrote .hexci/config.yaml" in hexci(repo, "init", "--no-workflow").out
    (repo / ".hexci" / "config.yaml").write_text(
        (repo / ".hexci" / "config.yaml").read_text().replace("python -m unittest", EVIDENCE)
    )
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "init")
    assert hexci(repo, "do", "fix add", "--json").document["outcome"] == "committed"
    assert "kept  .hexci/config.yaml" in hexci(repo, "init", "--no-workflow").out


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("pytest.ini", "python -m pytest -q"),
        ("Cargo.toml", "cargo test"),
        ("go.mod", "go test ./..."),
    ],
)
def test_init_proposes_the_runner_that_the_repository_has(
    tmp_path: Path, name: str, command: str
) -> None:
    repo = repo_with(tmp_path / "r", {name: ""})
    hexci(repo, "init", "--no-workflow")
    assert f'command: "{command}"' in (repo / ".hexci" / "config.yaml").read_text()


def test_the_doctor_names_everything_it_looked_at(tmp_path: Path) -> None:
    said = hexci(tmp_path, "doctor", "--json")
    looked_at = {symptom["what"] for symptom in said.document["symptoms"]}
    assert {"git", "python", "bash", "sandbox", "candidate repair"} <= looked_at
    assert said.exit_code == 0


def test_the_doctor_says_it_when_there_is_no_sandbox(tmp_path: Path) -> None:
    said = hexci(tmp_path, "doctor", HEXCI_SANDBOX="none")
    assert "evidence runs with your network and files" in said.out


def test_a_run_without_a_sandbox_warns_and_records_it(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    asked = ("do", "x", "--evidence", EVIDENCE, "--candidate", "repair")
    said = hexci(repo, *asked, HEXCI_SANDBOX="none")
    assert "WARNING: no sandbox was available" in said.out
    assert hexci(repo, "show", "last", "--json").document["isolation"] == "none"


def test_bench_overhead_prints_ratios(tmp_path: Path) -> None:
    document = hexci(tmp_path, "bench", "overhead", "-n", "1", "--json").document
    assert [pair["name"] for pair in document["pairs"]] == ["hexci --version", "hexci do"]
    assert len(document["added_seconds"]) == 1
