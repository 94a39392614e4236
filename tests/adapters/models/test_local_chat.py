from pathlib import Path
from typing import Any

import pytest
from fakes.command_line import EVIDENCE, buggy_repo, hexci
from fakes.parts import small_model
from fakes.plans import plan_for
from fakes.repositories import fingerprint

from hexci.adapters.models.local_chat import LocalChat, call_schema
from hexci.domain.agent.conversation import Message, Request, Role
from hexci.domain.agent.prompt import Known, opening, task_message
from hexci.domain.agent.tools import EDITING, TOOLS
from hexci.errors import ModelError


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_real_small_model_can_only_call_tools_and_reads_its_prompt_once() -> None:
    code = Known("2 files", [("calc.py", "def add(a, b):\n    return a - b\n")])
    first = (opening(TOOLS), task_message(plan_for("add must add"), None, code, "n0nce"))
    model = LocalChat(f"local:{small_model()}")
    try:
        one = model.complete(Request(first, TOOLS, max_output=40, timeout=500))
        answer = Message(Role.USER, "search:\nnothing matches")
        said = (*first, Message(Role.ASSISTANT, one.text), answer)
        two = model.complete(Request(said, TOOLS, max_output=8, timeout=500))
    finally:
        model.close()
    begins = "".join(one.text.split())
    assert any(begins.startswith(f'{{"name":"{tool.name}"') for tool in TOOLS), one.text
    assert one.usage
    assert two.usage
    assert one.usage.prompt > 500
    evaluated = two.usage.prompt - two.usage.cached
    assert evaluated <= one.usage.prompt * 0.2


def test_every_list_of_a_call_has_an_end() -> None:
    schema: Any = call_schema(EDITING)
    edits = schema["anyOf"][0]["properties"]["arguments"]["properties"]["edits"]
    assert (edits["type"], edits["minItems"], edits["maxItems"]) == ("array", 1, 4)


@pytest.mark.slow
def test_a_real_small_model_tries_in_a_whole_run_and_changes_nothing(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    said = hexci(
        repo, "do", "add", "--evidence", EVIDENCE, "--json", "--timeout", "20", "--max-steps", "1",
        "--candidate", "local", HEXCI_LOCAL_MODEL=str(small_model()),
    )  # fmt: skip
    # it is far too weak to mend anything, and may be too slow to say so
    assert said.document["outcome"] in {"no_change", "timeout", "evidence_failed"}, said.out
    assert said.document["candidates"][0]["name"] == "local"
    assert fingerprint(repo) == before


def test_no_file_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no file"):
        LocalChat(f"local:{tmp_path}/none.gguf").complete(Request((), ()))
