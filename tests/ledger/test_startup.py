"""What a check costs before it judges: few processes, few modules, whatever the ledger's size."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.ledgers import path_of, record
from fakes.repositories import commit, repo_with

HEAVY = {"pydantic", "rich", "tree_sitter", "git", "github", "openai", "yaml", "urllib.request"}
CHECK = (
    "import sys; sys.argv = ['hexci', 'adr', 'check', '--base', 'HEAD^1', '--head', 'HEAD']\n"
    "from hexci.cli.main import cli\n"
    "code = cli.main(standalone_mode=False)\n"
    "print('CODE', code, 'MODULES', *sorted(sys.modules))"
)


def checked(repo: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=repo,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def ledger_of(folder: Path, size: int) -> Path:
    names = [f"2026-01-01-r{n}" for n in range(size)]
    repo = repo_with(folder, {path_of(n): record(n, "accepted") for n in names})
    amended = record(names[0], "accepted") + "\n## Amendments\n\n- 2026-02-01 erratum: One.\n"
    commit(repo, {path_of(names[0]): amended, "a.py": "a = 1\n"})
    return repo


def test_a_check_loads_nothing_heavy(tmp_path: Path) -> None:
    told = checked(ledger_of(tmp_path / "repo", 3))
    assert "CODE 0" in told
    assert set(told.rpartition("MODULES ")[2].split()) & HEAVY == set()


@pytest.mark.parametrize("size", [3, 300])
def test_a_check_starts_as_many_processes_for_any_ledger(tmp_path: Path, size: int) -> None:
    repo = ledger_of(tmp_path / "repo", size)
    log = tmp_path / "log"
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho x >> {log}\nexec {shutil.which("git")} "$@"\n')
    shim.chmod(0o755)
    checked(repo, PATH=f"{shim.parent}:{os.environ['PATH']}")
    assert len(log.read_text().splitlines()) == 5
