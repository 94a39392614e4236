"""Locks, budgets and the namespace as their users meet them."""

from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.repositories import git, repo_with

from hexci.compose import namespace
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

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


def test_the_namespace_shows_what_is_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = repo_with(tmp_path / "r", {"manifests/m.yaml": HELD})
    run = hexci(repo, "run", "manifests/m.yaml", "--json").document["run"]
    assert hexci(repo, "fs", "ls").out.split() == ["etc", "lib", "proc", "sys"]
    assert hexci(repo, "fs", "ls", "proc").out.split() == [
        "audit", "budget", "bus", "entities", "locks", "runs", "waits",
    ]  # fmt: skip
    assert hexci(repo, "fs", "ls", f"/proc/runs/{run}/nodes/a").out.split() == [
        "output.log", "result.json",
    ]  # fmt: skip
    assert '"status":"ok"' in hexci(repo, "fs", "cat", f"/proc/runs/{run}/nodes/a/result.json").out
    assert hexci(repo, "fs", "cat", "/etc/manifests/manifests/m.yaml").out == HELD
    assert "Nodes that wait" in hexci(repo, "fs", "cat", "/lib/rules/MAN006").out
    assert hexci(repo, "fs", "stat", "/proc/runs").out == "folder 1\n"
    said = hexci(repo, "fs", "cat", "/nope")
    assert (said.exit_code, said.out) == (2, "")
    monkeypatch.chdir(repo)  # without a process each
    for missing in ("/nope", "/proc/runs/x", "/proc/locks/zz", "/../etc", "/proc/runs/../locks"):
        for look in (namespace.listed, namespace.content, namespace.described):
            with pytest.raises(BadInputError):
                look(missing)


GOVERNED = """\
kind: Config
spec:
  governance:
    people: {ada: write, ben: admin}
    another: true
    rules: [{name: calm, actions: [move], role: admin, when: {branch: ["release*"]}}]
  entities:
    deploy: {initial: planned, moves: {planned: [done, failed], failed: [planned], done: []}}
"""
DEPLOY = """\
kind: Pipeline
metadata: {name: deploy}
spec:
  inputs: {what: {required: true}, by: {default: "true"}}
  caps: [spawn, state, publish]
  entity: {kind: deploy, id: "${inputs.what}", to: done}
  nodes:
    go: {run: {argv: ["${inputs.by}"]}}
    tell: {publish: {topic: deployed, data: {what: "${inputs.what}"}}, needs: [go]}
"""


def test_an_entity_moves_after_its_pipeline_and_only_when_that_went_well(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"m.yaml": DEPLOY, ".hexci/config.yaml": GOVERNED})
    ada = {"GITHUB_ACTOR": "ada"}
    early = hexci(repo, "run", "m.yaml", "what=web", "--json", **ada)
    assert (early.exit_code, early.document["nodes"]) == (6, {})  # it is not planned yet
    said = hexci(repo, "fs", "exec", "/proc/entities/deploy/web", "to=planned", **ada)
    assert (said.exit_code, said.err) == (0, "hexci entity move deploy/web planned --why=\n")
    failing = hexci(repo, "run", "m.yaml", "what=web", "by=false", **ada)
    assert failing.exit_code == 1
    assert hexci(repo, "entity", "ls").out.split()[:2] == ["planned", "deploy/web"]
    assert hexci(repo, "run", "m.yaml", "what=web", **ada).exit_code == 0
    assert '"state":"done"' in hexci(repo, "fs", "cat", "/proc/entities/deploy/web/state").out
    history = hexci(repo, "entity", "show", "deploy/web").out
    assert [line.split()[1:4] for line in history.splitlines()] == [
        ["planned", "→", "done"], ["(new)", "→", "planned"],
    ]  # fmt: skip
    topic = hexci(repo, "bus", "show", "deployed").out
    assert ('"what":"web"' in topic, topic.count('"serial"')) == (True, 2)


def test_who_may_what_is_asked_of_the_config_and_written_down(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {"m.yaml": DEPLOY, ".hexci/config.yaml": GOVERNED})
    git(repo, "checkout", "-q", "-b", "release-1")
    # a laxer config in the work tree is not the one that counts
    (repo / ".hexci" / "config.yaml").write_text("kind: Config\n")
    refused = hexci(repo, "entity", "move", "deploy/web", "planned", GITHUB_ACTOR="ada")
    assert (refused.exit_code, "ada is write; move needs admin" in refused.err) == (3, True)
    assert hexci(repo, "entity", "ls").out == "there is none\n"
    moved = hexci(repo, "entity", "move", "deploy/web", "planned", GITHUB_ACTOR="ben")
    assert moved.exit_code == 0
    head = git(repo, "rev-parse", "HEAD")
    lines = hexci(repo, "fs", "cat", f"/proc/audit/{head}").out.splitlines()
    assert [('"verdict":"denied"' in line, '"rule":"calm"' in line) for line in lines] == [
        (True, True), (False, False),
    ]  # fmt: skip
    assert git(repo, "notes", "--ref=hexci/audit", "show", "HEAD").count("verdict") == 2
    # a job that anybody could have started, without a token to ask with
    job = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "issue_comment", "GITHUB_ACTOR": "eve"}
    said = hexci(repo, "run", "m.yaml", "what=web", **job)
    assert (said.exit_code, "eve is none; run needs write" in said.err) == (3, True)
