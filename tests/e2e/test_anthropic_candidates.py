import os
import sys
from pathlib import Path

import pytest
from fakes.anthropic_server import scripted_anthropic
from fakes.command_line import EVIDENCE, buggy_repo, hexci
from fakes.openai_server import Turn
from fakes.parts import claude_program
from fakes.repositories import fingerprint

pytestmark = pytest.mark.slow
FIXED = {"edits": [{"path": "calc.py", "old": "a - b", "new": "a + b"}]}
KEY = "sk-ant-canary-77"


def claude_folder(tmp_path: Path) -> Path:
    """A folder for PATH that holds the real CLI."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "claude").symlink_to(claude_program())
    return folder


def test_anthropic_fixes_it_and_counts_what_it_used(tmp_path: Path) -> None:
    turns = (
        Turn(text="Let me look.", calls=[("read_file", {"path": "calc.py"})]),
        Turn(calls=[("propose_edit", FIXED)]),
    )
    with scripted_anthropic(*turns) as endpoint:
        said = hexci(
            buggy_repo(tmp_path / "r"), "do", "--evidence", EVIDENCE, "--json",
            "--candidate", "anthropic/claude-haiku-4-5", "--max-usd", "1",
            ANTHROPIC_BASE_URL=endpoint.url, ANTHROPIC_API_KEY=KEY,
        )  # fmt: skip
    assert said.document["outcome"] == "committed", said.out
    usage = dict(said.document["candidates"][0]["usage"])
    assert (usage["calls"], usage["usd"]) == (2, pytest.approx((200 * 1.25 + 20 * 5) / 1e6))
    result = endpoint.requests[1]["messages"][-1]["content"][0]
    assert (result["type"], result["tool_use_id"]) == ("tool_result", "toolu_1_0")
    assert endpoint.keys == [KEY, KEY]
    assert KEY not in said.out + said.err


def test_the_real_claude_works_with_our_tools_and_no_other(tmp_path: Path) -> None:
    folder = claude_folder(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    turns = (
        Turn(calls=[("Bash", {"command": f"touch {tmp_path}/PWNED"})]),
        Turn(calls=[("mcp__hexci__read_file", {"path": "calc.py"})]),
        Turn(calls=[("mcp__hexci__propose_edit", FIXED)]),
    )
    with scripted_anthropic(*turns) as endpoint:
        said = hexci(
            buggy_repo(tmp_path / "r"), "do", "--evidence", EVIDENCE, "--json",
            "--candidate", "claude-code/claude-haiku-4-5",
            ANTHROPIC_BASE_URL=endpoint.url, ANTHROPIC_API_KEY=KEY, HOME=str(home),
            PATH=f"{folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        )  # fmt: skip
    assert said.document["outcome"] == "committed", said.out + said.err
    offered = {tool["name"] for tool in endpoint.requests[0]["tools"]}
    assert {name for name in offered if not name.startswith("mcp__hexci__")} == set()
    assert "mcp__hexci__propose_edit" in offered
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize("status", [400, 401])
def test_a_claude_that_is_turned_away_again_and_again_is_a_model_error(
    tmp_path: Path, status: int
) -> None:
    folder = claude_folder(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    with scripted_anthropic(*[Turn(status=status)] * 1000) as endpoint:
        said = hexci(
            repo, "do", "--evidence", EVIDENCE, "--json", "--timeout", "60",
            "--candidate", "claude-code",
            ANTHROPIC_BASE_URL=endpoint.url, ANTHROPIC_API_KEY=KEY, HOME=str(home),
            PATH=f"{folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        )  # fmt: skip
    assert said.document["outcome"] == "model_error", said.out
    assert KEY not in said.out + said.err
    assert len(endpoint.requests) < 50
    assert fingerprint(repo) == before
