"""Locks, budgets and the namespace as their users meet them."""

from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.repositories import git, repo_with

from hexci.domain.canonical import Json

pytestmark = pytest.mark.slow

HELD = """\
kind: Pipeline
metadata: {name: held}
spec:
  caps: [spawn, state]
  limits: {timeout: 60, max_calls: 4}
  lock: deploy
  budget: {name: models, max_calls: 7}
  nodes: {a: {run: {argv: ["true"]}}}
"""


def test_a_lock_and_a_budget_are_held_for_a_run_and_given_back(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"manifests/m.yaml": HELD})
    git(tmp_path, "init", "-q", "--bare", "state.git")
    remote = {"HEXCI_STATE_REMOTE": str(tmp_path / "state.git")}
    for _ in range(2):  # settled with what was really used: nothing
        assert hexci(repo, "run", "manifests/m.yaml", **remote).exit_code == 0
    assert '"owner":""' in hexci(repo, "fs", "cat", "/proc/locks/deploy", **remote).out
    (day,) = hexci(repo, "fs", "ls", "/proc/budget/models", **remote).out.split()
    entries = hexci(repo, "fs", "cat", f"/proc/budget/models/{day}", **remote).out
    assert (entries.count('"settled":true'), entries.count('"calls":0')) == (2, 2)
    assert "deploy" not in git(repo, "for-each-ref")
    subjects = git(tmp_path / "state.git", "log", "--format=%s", "refs/hexci/locks/deploy")
    assert [line.split()[0] for line in subjects.splitlines()] == ["released", "taken"] * 2


def test_what_another_holds_or_has_spent_ends_a_run_before_it_begins(tmp_path: Path) -> None:
    from hexci.adapters.git.cells import GitCells
    from hexci.adapters.git.plumbing import Git

    repo = repo_with(tmp_path / "r", {"manifests/m.yaml": HELD})
    cells = GitCells(Git(repo))
    lock = {"owner": "somebody", "expires": "9999-01-01T00:00:00Z"}
    assert cells.swap("locks/deploy", None, lock, "taken")
    said = hexci(repo, "run", "manifests/m.yaml", "--json")
    assert (said.exit_code, said.document["outcome"]) == (6, "conflict")
    assert "held by somebody" in said.document["reason"]
    assert cells.swap("locks/deploy", cells.read("locks/deploy"), {"owner": ""}, "released")
    assert hexci(repo, "run", "manifests/m.yaml").exit_code == 0
    (budget,) = cells.names("budget")
    spent: dict[str, Json] = {"entries": {"other": {"calls": 4, "settled": False}}}
    assert cells.swap(budget, cells.read(budget), spent, "set aside")
    said = hexci(repo, "run", "manifests/m.yaml", "--json")
    assert (said.exit_code, said.document["nodes"]) == (4, {})
    assert "max_calls 7: 3 left, 4 could be used" in said.document["reason"]
    assert '"owner":""' in hexci(repo, "fs", "cat", "/proc/locks/deploy").out


def test_the_namespace_shows_what_is_there_and_nothing_else(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"manifests/m.yaml": HELD})
    run = hexci(repo, "run", "manifests/m.yaml", "--json").document["run"]
    assert hexci(repo, "fs", "ls").out.split() == ["etc", "lib", "proc", "sys"]
    assert hexci(repo, "fs", "ls", "proc").out.split() == ["budget", "locks", "runs", "waits"]
    assert hexci(repo, "fs", "ls", f"/proc/runs/{run}/nodes/a").out.split() == [
        "output.log", "result.json",
    ]  # fmt: skip
    assert '"status":"ok"' in hexci(repo, "fs", "cat", f"/proc/runs/{run}/nodes/a/result.json").out
    assert hexci(repo, "fs", "cat", "/etc/manifests/manifests/m.yaml").out == HELD
    assert "Nodes that wait" in hexci(repo, "fs", "cat", "/lib/rules/MAN006").out
    assert hexci(repo, "fs", "stat", "/proc/runs").out == "folder 1\n"
    for missing in ("/nope", "/proc/runs/x", "/proc/locks/zz", "/../etc", "/proc/runs/../locks"):
        for verb in ("ls", "cat", "stat"):
            said = hexci(repo, "fs", verb, missing)
            assert (said.exit_code, said.out) == (2, "")
