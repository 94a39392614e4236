"""What a check costs before it judges: few processes, few modules, whatever the ledger's size."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.ledgers import path_of, record
from fakes.repositories import commit, repo_with

HEAVY = {"click", "pydantic", "rich", "tree_sitter", "git", "github", "openai", "yaml"}
HEAVY |= {"urllib.request", "hashlib"}
CHECK = ("-m", "hexci", "adr", "check", "--base", "HEAD^1", "--head", "HEAD")


def started(repo: Path, *argv: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *argv],
        cwd=repo,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def checked(repo: Path, **environment: str) -> str:
    done = started(repo, *CHECK, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ledger_of(folder: Path, size: int) -> Path:
    names = [f"2026-01-01-r{n}" for n in range(size)]
    repo = repo_with(folder, {path_of(n): record(n, "accepted") for n in names})
    amended = record(names[0], "accepted") + "\n## Amendments\n\n- 2026-02-01 erratum: One.\n"
    commit(repo, {path_of(names[0]): amended, "a.py": "a = 1\n"})
    return repo


def test_a_check_loads_nothing_heavy(tmp_path: Path) -> None:
    done = started(ledger_of(tmp_path / "repo", 3), "-X", "importtime", *CHECK)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert (done.returncode, "hexci.domain.ledger.record" in loaded) == (0, True)
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("size", [3, 300])
def test_30_a_check_starts_as_many_processes_for_any_ledger(tmp_path: Path, size: int) -> None:
    repo = ledger_of(tmp_path / "repo", size)
    log = tmp_path / "log"
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho x >> {log}\nexec {shutil.which("git")} "$@"\n')
    shim.chmod(0o755)
    checked(repo, PATH=f"{shim.parent}:{os.environ['PATH']}")
    assert len(log.read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ([], 0),
        (["--base", "HEAD^1", "--head", "HEAD"], 1),
        (["--format", "json", "--base", "HEAD^1", "--head", "HEAD"], 1),
        (["--base=HEAD^1", "--head=HEAD"], 1),
        (["--base", "nowhere", "--head", "HEAD"], 2),
        (["--head", "HEAD"], 2),
        (["--format", "yaml"], 2),
        (["--base", "HEAD", "--base", "HEAD^1", "--head", "HEAD"], 1),
        (["--base"], 2),
    ],
)
def test_the_short_way_and_the_command_line_say_the_same(
    tmp_path: Path, argv: list[str], code: int
) -> None:
    repo = ledger_of(tmp_path / "repo", 3)
    commit(repo, {path_of("2026-01-01-r1"): record("2026-01-01-r1", "proposed")})
    short = started(repo, "-m", "hexci", "adr", "check", *argv)
    whole = started(repo, "-c", "from hexci.cli.main import main; main()", "adr", "check", *argv)
    assert (short.returncode, short.stdout) == (code, whole.stdout)
    assert whole.returncode == code
