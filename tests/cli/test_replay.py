import json
from pathlib import Path
from typing import Any

import pytest
from fakes.command_line import buggy_repo, hexci
from fakes.registry import webhook_examples

from hexci.compose.replaying import replay
from hexci.domain.asking.delivery import Inputs

TASK = Inputs(task="keep it green", evidence="python3 -m unittest -q")


def comment(body: str) -> dict[str, Any]:
    examples = webhook_examples()["issue_comment"]
    example = next(e for e in examples if e["action"] == "created")
    example = json.loads(json.dumps(example))
    example["comment"]["body"] = body
    assert isinstance(example, dict)
    return example


@pytest.mark.parametrize("writes", [True, False])
def test_every_example_of_github_ends_in_a_plan_or_a_named_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    monkeypatch.chdir(buggy_repo(tmp_path / "repo"))
    words = set()
    for name, examples in webhook_examples().items():
        for example in examples:
            payload = json.dumps(example).encode()
            told = replay(payload, name, TASK, writes=writes, fork=False)
            assert told["reason"], (name, told)
            words.add(told["answer"])
            planned = told["plan"] is not None
            command = told["command"]
            asked = isinstance(command, dict) and command["verb"] == "do"
            assert planned == (told["answer"] == "allowed" and asked)
    assert words >= {"nothing", "allowed"}
    assert ("denied" in words) == (not writes)


def test_the_command_line_prints_the_plan(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "repo")
    event = tmp_path / "event.json"
    event.write_text(json.dumps(comment('/hex do fix it --evidence "pytest -q" --file calc.py')))
    told = hexci(repo, "replay", str(event)).document
    assert (told["answer"], told["trust"]) == ("allowed", "trusted")
    assert (
        told["plan"]["task"], told["plan"]["evidence"]["command"], told["plan"]["files"],
    ) == ("fix it", "pytest -q", ["calc.py"])  # fmt: skip
    review = comment("/hex review --candidate openai/x")
    event.with_name("review.json").write_text(json.dumps(review))
    planned = hexci(repo, "replay", str(event.with_name("review.json")), "--evidence", "make test")
    plan = planned.document["plan"]
    assert (plan["task"], plan["evidence"]["command"], plan["candidates"]) == (
        "review", "make test", ["openai/x"],
    )  # fmt: skip
    denied = hexci(repo, "replay", str(event), "--permission", "read").document
    assert (denied["answer"], denied["plan"]) == ("denied", None)
    fork = hexci(repo, "replay", str(event), "--fork").document
    assert (fork["answer"], fork["trust"]) == ("denied", "untrusted")


@pytest.mark.parametrize("verb", ["do it", "review", "retry", "build it"])
@pytest.mark.parametrize("writes", [True, False])
def test_t1_a_fork_is_planned_as_untrusted_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, *, writes: bool
) -> None:
    """T1: a comment on a fork's pull request has no plan, whoever wrote it."""
    monkeypatch.chdir(buggy_repo(tmp_path / "repo"))
    payload = comment(f"/hex {verb}")
    payload["issue"]["pull_request"] = {"url": "https://api.github.com/x"}
    told = replay(json.dumps(payload).encode(), "issue_comment", TASK, writes=writes, fork=True)
    assert (told["answer"], told["trust"], told["plan"]) == ("denied", "untrusted", None)
