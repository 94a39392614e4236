"""What `/hex` does besides `do`, on a real remote and a forge that judges every exchange."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.companies import CHALLENGE, GATE, REPO, company
from fakes.openai_server import acting_openai
from fakes.repositories import commit, git
from fakes.workflow_jobs import World, world

pytestmark = pytest.mark.slow

RECORD = """\
---
id: 2026-01-02-one-queue
status: proposed
date: 2026-01-02
deciders: [ada]
---

# Have one queue

## Context

Two queues lose order.

## Decision

There is one queue.

## Consequences

It is the bottleneck.
"""
CONFIG = """\
kind: Config
spec:
  evidence:
    default: {command: python3 -m unittest -q}
"""
FILES = {
    ".hexci/config.yaml": CONFIG,
    "docs/adr/2026-01-02-one-queue.md": RECORD,
    "mean.py": "def mean(values: list[int]) -> float:\n    return sum(values) / len(values)\n",
    "test_mean.py": (
        "import unittest\n\nfrom mean import mean\n\n\n"
        "class MeanTest(unittest.TestCase):\n"
        "    def test_mean(self):\n        self.assertEqual(mean([1, 3]), 2)\n"
    ),
}
WRONG = "def last(values: list[int]) -> int:\n    return values[-1]\n"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, FILES) as it:
        yield it


def pull(here: World, files: dict[str, str], *, fork: bool = False) -> str:
    """Pull request 12 with `files` on branch `topic`; its head."""
    clone = here.checkout()
    head = commit(clone, files)
    git(clone, "push", "-q", "origin", "HEAD:refs/pull/12/head", "HEAD:refs/heads/topic")
    made = here.github.pull_with(12, head_sha=head, head_ref="topic", fork=fork, author=66)
    made["base"]["sha"] = here.remote.refs()["refs/heads/main"]
    return head


def test_a_review_of_a_pull_request_shows_the_defect_it_brings(here: World) -> None:
    head = pull(here, {"last.py": WRONG})
    payload = here.comment("/hex review", pull=True)
    done = here.job("issue_comment", payload)
    assert (done.exit_code, done.outputs["outcome"]) == (1, "findings"), done.log
    assert (done.outputs["findings-blocking"], done.outputs["changed"]) == ("1", "false")
    [said] = here.said
    assert said.startswith("<!-- hexci:thread -->\n### hexci review: findings")
    assert "**1.** `last.py:2` last breaks with IndexError" in said
    assert "last(values=[])" in said
    assert "`mean.py" not in said  # which is no better, and not what the pull request changes
    [check] = here.github.checks.values()
    assert (check["head_sha"], check["name"], check["conclusion"]) == (
        head, "hexci review", "failure",
    )  # fmt: skip
    assert [(a["path"], a["start_line"]) for a in check["annotations"]] == [("last.py", 2)]
    assert f"refs/hexci/runs/{done.outputs['session']}" in here.remote.refs()
    assert "REV007" in Path(done.outputs["sarif-file"]).read_text()
    again = here.job("issue_comment", payload)
    assert (again.outputs["outcome"], here.said, len(here.github.checks)) == ("findings", [said], 1)


def test_a_decision_is_shown_accepted_by_a_draft_and_refused_where_it_may_not_be(
    here: World,
) -> None:
    here.job("issue_comment", here.comment("/hex adr show one-queue"))
    assert "docs/adr/2026-01-02-one-queue.md (proposed), at " in here.said[0]
    accept = here.comment("/hex adr accept one-queue", number_of=502)
    done = here.job("issue_comment", accept)
    assert (done.exit_code, done.outputs["outcome"], done.outputs["changed"]) == (0, "ok", "true")
    [branch] = here.branches
    [draft] = here.github.pulls.values()
    assert (draft["title"], draft["draft"]) == ("Accept 2026-01-02-one-queue", True)
    assert f"Draft pull request: #{draft['number']}" in here.said[0]
    landed = git(here.remote.bare, "diff", "--stat", "main", branch)
    assert "docs/adr/2026-01-02-one-queue.md" in landed
    assert "status: accepted" in git(here.remote.bare, "diff", "main", branch)
    assert git(here.remote.bare, "log", "-1", "--format=%an %s", branch).startswith("hexci[bot] ")
    deprecate = here.comment("/hex adr deprecate one-queue", number_of=503)
    refused = here.job("issue_comment", deprecate)
    assert (refused.exit_code, refused.outputs["outcome"]) == (1, "findings"), refused.log
    assert "the change would not be legal" in here.said[0]
    assert here.branches == [branch]


def test_what_agents_build_is_proposed_when_the_gate_proves_it(tmp_path: Path) -> None:
    body = f'/hex build {CHALLENGE} --target kit --evidence "{GATE}" --candidate openai/scripted'
    with world(tmp_path, REPO) as here, acting_openai(company()) as endpoint:
        here.more |= {"OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": "sk-" + "a1" * 12}
        done = here.job("issue_comment", here.comment(body))
        assert (done.exit_code, done.outputs["outcome"]) == (0, "committed"), done.log
        [branch] = here.branches
        changed = git(here.remote.bare, "diff", "--name-only", "main", branch).split()
        assert {"kit/counter.py", "tests/test_counter.py"} < set(changed)
        [draft] = here.github.pulls.values()
        assert draft["title"] == CHALLENGE
        assert "### hexci build: committed" in here.said[0]
        assert int(done.outputs["tokens"]) > 0
