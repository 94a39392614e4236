from pathlib import Path

import pytest
from fakes.parts import small_model

from hexci.adapters.models.local_chat import LocalChat
from hexci.domain.agent.conversation import Message, Request, Role
from hexci.domain.agent.text_calls import calls_in
from hexci.domain.agent.tools import EDITING
from hexci.errors import ModelError


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_real_small_model_can_only_call_tools_and_reads_its_prompt_once() -> None:
    model = LocalChat(f"local:{small_model()}")
    rules = Message(Role.SYSTEM, "You fix code by calling tools, one call in each turn. " * 10)
    first = (rules, Message(Role.USER, "It cannot be done. Call give_up."))
    give_up = tuple(tool for tool in EDITING if tool.name == "give_up")
    try:
        one = model.complete(Request(first, give_up, max_output=40, timeout=500))
        said = (*first, Message(Role.ASSISTANT, one.text), Message(Role.USER, "Again."))
        two = model.complete(Request(said, give_up, max_output=40, timeout=500))
    finally:
        model.close()
    assert one.text.lstrip().startswith("{")
    assert [call.name for call in calls_in(one.text)] in (["give_up"], [])
    assert one.usage
    assert two.usage
    evaluated = two.usage.prompt - two.usage.cached
    assert evaluated <= one.usage.prompt * 0.2


def test_no_file_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no file"):
        LocalChat(f"local:{tmp_path}/none.gguf").complete(Request((), ()))
