"""The manifests that hexci ships, as a team would use them."""

import json
from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, FIX, hexci
from fakes.github_server import TOKEN
from fakes.repositories import commit, fingerprint, git, repo_with
from fakes.workflow_jobs import world

pytestmark = pytest.mark.slow

MANIFESTS = Path(__file__).parents[2] / "manifests"
SHIPPED = {
    f"manifests/{place.relative_to(MANIFESTS).as_posix()}": place.read_text()
    for place in sorted(MANIFESTS.rglob("*.yaml"))
}
RULES = "kind: Boundaries\nspec: {include: ['**'], rules: [{type: acyclic, name: none}]}\n"
TEST = "import unittest\n\n\nclass T(unittest.TestCase):\n    def test(self):\n        pass\n"


def test_a_release_is_checked_by_processes_side_by_side(tmp_path: Path) -> None:
    suites = {"tests/unit/test_a.py": TEST, "tests/e2e/test_b.py": TEST}
    repo = repo_with(tmp_path / "r", {**SHIPPED, **suites, ".hexci/boundaries.yaml": RULES})
    commit(repo, {"a.txt": "a"})
    said = hexci(repo, "system", "run", "manifests/examples/release-check.yaml", "--json")
    assert said.exit_code == 0, said.out + said.err
    text = said.document["processes"]["notes"]["outputs"]["text"]
    assert "  unit: OK\n  e2e: OK\n" in text
    assert "Changed:\n  Go on\n  Start\nBoundaries: 0 findings" in text


def test_a_guarded_change_waits_for_somebody(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {**BUGGY, **SHIPPED, ".hexci/boundaries.yaml": RULES})
    before = fingerprint(repo)
    asked = ("run", "manifests/examples/guarded-change.yaml", "task=add adds",
             f"evidence={EVIDENCE}", "candidates=" + json.dumps([FIX]))  # fmt: skip
    said = hexci(repo, *asked, "folder=*.py", "--json")
    assert (said.exit_code, said.document["outcome"]) == (0, "suspended"), said.out
    approved = hexci(repo, "run", "--resume", "last", "--approve", "publish/approval", "--json")
    assert (approved.exit_code, approved.document["outcome"]) == (0, "ok")
    made = approved.document["outputs"]["commit"]
    assert git(repo, "show", f"{made}:calc.py").endswith("return a + b")
    after = {k: v for k, v in fingerprint(repo).items() if k != "git:refs"}
    assert after == {k: v for k, v in before.items() if k != "git:refs"}


def test_a_red_night_becomes_a_draft_and_only_its_job_pushes(tmp_path: Path) -> None:
    night = SHIPPED["manifests/examples/nightly-repair.yaml"]
    with world(tmp_path, {**BUGGY, ".hexci/nightly-repair.yaml": night}) as here:
        tick = here.of_here({"repository": {}, "schedule": "41 2 * * 1-5"})
        part = {"HEXCI_INPUT_SYSTEM": ".hexci/nightly-repair.yaml"}
        look = here.job("schedule", tick, None, HEXCI_INPUT_PROCESS="look", **part)
        assert (look.exit_code, look.outputs["pipes"]) == (0, '{"values":{"exit_code":1}}'), look
        assert list(here.remote.refs()) == ["refs/heads/main"]
        needs = json.dumps({"look": {"result": "success", "outputs": look.outputs}})
        more = {"HEXCI_INPUT_PROCESS": "repair", "HEXCI_INPUT_PIPES": needs}
        repair = here.job("schedule", tick, None, OPENAI_API_KEY="sk-of-nobody", **part, **more)
        assert repair.exit_code == 0, repair.log
        [pull] = here.github.pulls.values()
        assert (pull["title"], pull["draft"]) == ("Repair the tests", True)
        [branch] = here.branches
        assert "a + b" in git(here.remote.bare, "show", f"{branch}:calc.py")
        # the records of the process and of its agent
        runs = [ref for ref in here.remote.refs() if ref.startswith("refs/hexci/runs/")]
        assert f"refs/hexci/runs/{repair.outputs['session']}" in runs
        assert f"refs/hexci/runs/{branch.rpartition('/')[2]}" in runs
        assert "exit_code <- 1" in repair.summary
        assert not [text for text in (repair.log, repair.summary) if TOKEN in text]
