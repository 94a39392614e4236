"""The hooks, by pre-commit itself: tried from this repository, and at each of their stages."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE
from fakes.repositories import commit, git, repo_with

from hexci.adapters.manifests.yaml_nodes import read

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
_PLACE = Path(sys.prefix) / "pre-commit"
CONFIG = f'kind: Config\nspec: {{evidence: {{default: {{command: "{EVIDENCE}"}}}}}}\n'
BAD = "on: pull_request\njobs:\n  a:\n    steps: [{run: 'echo ${{ github.head_ref }}'}]\n"


@pytest.fixture(scope="session")
def pre_commit() -> Path:
    """The program, installed once for all; skips where the registry cannot be reached."""
    with (Path(sys.prefix) / "pre-commit.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (_PLACE / "done").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(_PLACE)], check=True)
            pip = [str(_PLACE / "bin/python"), "-m", "pip", "install", "--quiet", "pre-commit>=4"]
            done = subprocess.run(pip, capture_output=True, text=True, timeout=240, check=False)
            if done.returncode != 0:
                pytest.skip(f"pre-commit cannot be had from the registry: {done.stderr[-200:]}")
            (_PLACE / "done").touch()
    return _PLACE / "bin/pre-commit"


def call(program: Path, repo: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **{name: os.environ[name] for name in os.environ if name.startswith("PIP_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8",
        "HOME": os.environ.get("HOME", str(repo.parent)),
        "PRE_COMMIT_HOME": str(repo.parent / "store"), "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    }  # fmt: skip
    return subprocess.run(
        [str(program), *arguments], cwd=repo, env=environment,
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip


def results(out: str) -> dict[str, str]:
    """Name of a hook → Passed, Failed or Skipped."""
    lines = [line for line in out.splitlines() if line.startswith("hexci: ") and ".." in line]
    return {line.partition(".")[0]: line.rpartition(".")[2].split(")")[-1] for line in lines}


def names() -> dict[str, str]:
    """Id of a hook → its name."""
    hooks = read(MANIFEST.read_bytes(), "hooks").data
    assert isinstance(hooks, list)
    return {str(hook["id"]): str(hook["name"]) for hook in hooks if isinstance(hook, dict)}


def test_the_manifest_is_valid_and_every_hook_runs_from_a_checkout(
    pre_commit: Path, tmp_path: Path
) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit takes hooks from a git repository, and this is none")
    assert call(pre_commit, ROOT, "validate-manifest", str(MANIFEST)).returncode == 0
    repo = repo_with(tmp_path / "r", {
        ".github/workflows/w.yml": BAD, ".hexci/config.yaml": CONFIG,
        ".hexci/boundaries.yaml": "kind: Boundaries\nspec: {rules: []}\n", "a.py": "",
    })  # fmt: skip
    (repo / ".hexci/config.yaml").write_text("kind: Confg\n")
    git(repo, "add", "-A")
    tried = call(pre_commit, repo, "try-repo", str(ROOT), "--all-files")
    if "Could not find a version" in tried.stdout:
        pytest.skip("the registry cannot be reached")
    known = names()
    expected = {
        known["hexci-adr"]: "Passed", known["hexci-boundaries"]: "Passed",
        known["hexci-doctor"]: "Failed", known["hexci-manifests"]: "Failed",
        known["hexci-protected-paths"]: "Failed",
    }  # fmt: skip
    assert expected == results(tried.stdout), tried.stdout + tried.stderr
    assert "w.yml:4:25: WF021" in tried.stdout


def test_the_other_stages_ask_what_is_pushed_and_what_a_message_claims(
    pre_commit: Path, tmp_path: Path
) -> None:
    hooks = read(MANIFEST.read_bytes(), "hooks").data
    assert isinstance(hooks, list)
    local = [{**hook, "language": "system"} for hook in hooks if isinstance(hook, dict)]
    config = json.dumps({"repos": [{"repo": "local", "hooks": local}]})
    fixed = {**BUGGY, "calc.py": BUGGY["calc.py"].replace("-", "+")}
    repo = repo_with(tmp_path / "r", {
        **fixed, ".hexci/config.yaml": CONFIG, ".pre-commit-config.yaml": config,
    })  # fmt: skip
    base = git(repo, "rev-parse", "HEAD")
    known = names()

    def pushed(calc: str) -> dict[str, str]:
        head = commit(repo, {"calc.py": calc})
        refs = ("--from-ref", base, "--to-ref", head)
        return results(call(pre_commit, repo, "run", "--hook-stage", "pre-push", *refs).stdout)

    kept = f'"""Sums."""\n\n{fixed["calc.py"]}'
    assert pushed(kept) == {known["hexci-evidence"]: "Passed"}
    assert pushed(BUGGY["calc.py"]) == {known["hexci-evidence"]: "Failed"}
    for text, expected in (("Mend it\n", "Passed"), ("x\n\nHexci-Run: 1\n", "Failed")):
        (repo / ".git/MESSAGE").write_text(text)
        said = call(pre_commit, repo, "run", "--hook-stage", "commit-msg",
                    "--commit-msg-filename", ".git/MESSAGE")  # fmt: skip
        assert results(said.stdout) == {known["hexci-commit-msg"]: expected}
