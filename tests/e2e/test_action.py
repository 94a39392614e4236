from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.github_server import TOKEN
from fakes.repositories import git
from fakes.workflow_jobs import DO, World, world

pytestmark = pytest.mark.slow


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as it:
        yield it


def test_a_command_under_an_issue_becomes_a_branch_a_draft_and_one_comment(here: World) -> None:
    done = here.job("issue_comment", here.comment(DO))
    assert done.exit_code == 0, done.log
    [branch] = here.branches
    [pull] = here.github.pulls.values()
    assert (pull["head"]["ref"], pull["base"]["ref"]) == (
        branch.removeprefix("refs/heads/"),
        "main",
    )
    assert pull["draft"]
    assert "Closes #12." in pull["body"]
    assert pull["title"] == "fix the sum"
    [comment] = here.said
    assert comment.startswith("<!-- hexci:thread -->")
    assert f"#{pull['number']}" in comment
    assert done.outputs["outcome"] == "committed"
    assert done.outputs["pr-number"] == str(pull["number"])
    assert done.outputs["head-sha"] == here.remote.refs()[branch]
    noted = git(here.remote.bare, "notes", "--ref=refs/notes/hexci/evidence", "list")
    assert git(here.remote.bare, "rev-parse", f"{branch}^{{tree}}") in noted
    assert "a + b" in git(here.remote.bare, "show", f"{branch}:calc.py")
    assert here.github.reactions == {501: ["eyes", "rocket"]}
    assert "mermaid" in done.summary
    held = [p for p in here.folder.rglob("*") if p.is_file() and TOKEN in p.read_text("latin-1")]
    assert held == []
    assert TOKEN not in done.log
