"""`hexci init` in fresh repositories."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command_line import Said, hexci
from fakes.repositories import repo_with

CONFIG, WORKFLOW = ".hexci/config.yaml", ".github/workflows/hexci.yml"
PINNED = f"octo/hexci@{'0123456789' * 4} # v1.2.3"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repo_with(tmp_path / "r", {"pytest.ini": ""})


def init(repo: Path, *options: str) -> Said:
    return hexci(repo, "init", "--action", PINNED, *options)


def test_it_writes_both_files_says_what_follows_and_does_it_once(repo: Path) -> None:
    first, second = init(repo), init(repo)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.out.splitlines()[:2] == [f"wrote {CONFIG}", f"wrote {WORKFLOW}"]
    assert "once on main" in first.out
    assert second.out.splitlines() == [f"kept  {CONFIG}", f"kept  {WORKFLOW}"]


def test_check_and_diff_write_nothing(repo: Path) -> None:
    assert init(repo, "--check").exit_code == 1
    assert "+kind: Config" in init(repo, "--diff").out
    assert not (repo / ".hexci").exists()
    assert not (repo / ".github").exists()
    init(repo)
    assert (init(repo, "--check").exit_code, init(repo, "--diff").out) == (0, "")


def test_a_persons_file_is_kept_unless_force_says_otherwise(repo: Path) -> None:
    init(repo)
    (repo / WORKFLOW).write_text("mine\n")
    assert f"kept  {WORKFLOW} (yours; see hexci init --diff)" in init(repo).out
    assert init(repo, "--check").exit_code == 0
    assert "-mine" in init(repo, "--diff").out
    assert (repo / WORKFLOW).read_text() == "mine\n"
    assert f"wrote {WORKFLOW}" in init(repo, "--force").out
    assert PINNED in (repo / WORKFLOW).read_text()


def test_a_link_is_never_written_through(repo: Path) -> None:
    (repo / ".hexci").mkdir()
    (repo / CONFIG).symlink_to(repo / "elsewhere")
    assert f"kept  {CONFIG}" in init(repo).out
    assert init(repo, "--force").exit_code == 2
    assert not (repo / "elsewhere").exists()
    (repo / CONFIG).unlink()
    (repo / ".hexci").rmdir()
    (repo / ".hexci").symlink_to(repo.parent)
    assert init(repo).exit_code == 2
    assert not (repo.parent / "config.yaml").exists()


def test_the_workflow_names_the_commit_of_this_very_hexci(repo: Path) -> None:
    root = Path(__file__).parents[2]
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False
    ).stdout.strip()
    if not head or not (root / "hexci").is_dir():
        pytest.skip("hexci does not run from its checkout here")
    assert hexci(repo, "init").exit_code == 0
    assert f"uses: hexci/hexci@{head} # " in (repo / WORKFLOW).read_text()


@pytest.mark.parametrize("action", ["hexci/hexci@v1", "hexci@0123", "x"])
def test_an_action_must_be_pinned(repo: Path, action: str) -> None:
    said = hexci(repo, "init", "--action", action)
    assert (said.exit_code, (repo / ".hexci").exists()) == (2, False)


def test_without_workflow_only_the_config_is_written(repo: Path) -> None:
    hexci(repo, "init", "--no-workflow")
    assert ((repo / CONFIG).exists(), (repo / ".github").exists()) == (True, False)


@pytest.mark.parametrize(
    ("program", "options"),
    [
        ("zizmor", ("--offline", "--persona", "pedantic", WORKFLOW)),
        ("actionlint", (WORKFLOW,)),
        ("check-jsonschema", ("--builtin-schema", "vendor.github-workflows", WORKFLOW)),
        ("hexci", ("doctor", WORKFLOW)),
    ],
)
def test_what_it_writes_passes_every_linter(
    repo: Path, program: str, options: tuple[str, ...]
) -> None:
    binary = shutil.which(program, path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip(f"{program} is not installed")
    init(repo)
    done = subprocess.run(
        [binary, *options], cwd=repo, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
