"""Nodes that reach the forge, on a real remote and a forge that judges every exchange."""

from pathlib import Path

import pytest
from fakes.command_line import BUGGY, EVIDENCE, FIX, hexci
from fakes.github_server import TOKEN
from fakes.repositories import git
from fakes.workflow_jobs import world

pytestmark = pytest.mark.slow

FLOW = f"""\
kind: Pipeline
metadata: {{name: flow}}
spec:
  inputs: {{issue: {{type: integer, default: 0}}}}
  caps: [spawn, fs.write, git.commit, "git.push:refs/heads/hex/**", pr.open, comment]
  nodes:
    fix:
      agent: {{task: add adds, evidence: {EVIDENCE}, candidates: ['{FIX.replace("'", "''")}']}}
    propose:
      pr: {{head: "${{fix.branch}}", title: add adds, body: "@ada: ${{fix.reason}}"}}
      needs: [fix]
    tell:
      comment: {{on: "${{inputs.issue}}", body: "see #${{propose.number}} ![x](http://e.org)"}}
      needs: [propose]
      when: ${{inputs.issue}} > 0
"""


def test_a_proven_change_is_pushed_proposed_and_told_once(tmp_path: Path) -> None:
    with world(tmp_path, {**BUGGY, "manifests/m.yaml": FLOW}) as here:
        place = here.checkout()
        forge = {"GITHUB_API_URL": here.github.url, "GITHUB_SERVER_URL": here.remote.url,
                 "GITHUB_REPOSITORY": "octo/app", "GITHUB_TOKEN": TOKEN}  # fmt: skip
        for _ in range(2):
            said = hexci(place, "run", "manifests/m.yaml", "issue=12", "--json", **forge)
            assert said.exit_code == 0, said.out + said.err
        assert here.github.violations == []
        outputs = said.document["nodes"]["propose"]["outputs"]
        pull = here.github.pulls[outputs["number"]]
        assert (pull["draft"], pull["title"], "@\u2060ada" in pull["body"]) == (
            True,
            "add adds",
            True,
        )
        branch = said.document["nodes"]["fix"]["outputs"]["branch"]
        record = f"refs/hexci/runs/{branch.rpartition('/')[2]}"
        assert {f"refs/heads/{branch}", record} <= set(here.remote.refs())
        [comment] = here.said  # edited in place, not written twice
        assert f"see #{outputs['number']} &#33;[x]" in comment
        assert TOKEN not in said.out + said.err + git(place, "log", "--all", "-p")


def test_without_a_forge_nothing_is_begun_but_a_conditional_node_may_be_there(
    tmp_path: Path,
) -> None:
    with world(tmp_path, {**BUGGY, "manifests/m.yaml": FLOW}) as here:
        place = here.checkout()
        said = hexci(place, "run", "manifests/m.yaml")
        assert (said.exit_code, "propose: nothing here can carry out 'pr'" in said.err) == (2, True)
        assert "tell:" not in said.err
        assert git(place, "for-each-ref", "refs/hexci") == ""


def test_what_a_pipeline_may_not_push_is_not_proposed(tmp_path: Path) -> None:
    narrow = FLOW.replace("refs/heads/hex/**", "refs/heads/docs/**")
    with world(tmp_path, {**BUGGY, "manifests/m.yaml": narrow}) as here:
        forge = {"GITHUB_API_URL": here.github.url, "GITHUB_SERVER_URL": here.remote.url,
                 "GITHUB_REPOSITORY": "octo/app", "GITHUB_TOKEN": TOKEN}  # fmt: skip
        place = here.checkout()
        reader = {"GITHUB_ACTIONS": "true", "GITHUB_ACTOR": "bob"}
        said = hexci(place, "run", "manifests/m.yaml", **forge, **reader)
        assert (said.exit_code, "bob is read; run needs write" in said.err) == (3, True)
        said = hexci(place, "run", "manifests/m.yaml", "issue=12", "--json", **forge)
        assert (said.exit_code, said.document["outcome"]) == (3, "denied")
        assert (here.github.pulls, here.said, here.branches) == ({}, [], [])
        listed = hexci(place, "ps", "--denied", "--json").document["denials"]
        assert [(d["who"], d["kind"]) for d in listed] == [("propose", "denied")]
        assert listed[0]["effect"].startswith("git.push:refs/heads/hex/auto/")
