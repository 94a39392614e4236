import json
from pathlib import Path

import pytest
from fakes.models import ScriptedModel

from hexci.adapters.models.cassette import Player, Recorder
from hexci.domain.agent.conversation import Message, Reply, Request, Role, ToolCall, Usage
from hexci.domain.agent.tools import TOOLS
from hexci.errors import BadInputError, ModelError

ASK = Request((Message(Role.SYSTEM, "rules"), Message(Role.USER, "say ü")), TOOLS)
SAID = Reply("text \ud800", (ToolCall("1", "read_file", {"path": "a"}),), Usage(3, 2, 1), "stop")


def test_what_was_recorded_is_played_back_exactly(tmp_path: Path) -> None:
    Recorder(ScriptedModel(SAID), tmp_path).complete(ASK)
    assert Player("openai/scripted", tmp_path).complete(ASK) == SAID


def test_the_time_allowed_makes_no_other_request(tmp_path: Path) -> None:
    Recorder(ScriptedModel(SAID), tmp_path).complete(ASK)
    later = Request(ASK.messages, ASK.tools, timeout=3.0)
    assert Player("openai/scripted", tmp_path).complete(later) == SAID


def test_a_request_that_is_not_on_it_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not on the cassette"):
        Player("openai/scripted", tmp_path).complete(ASK)


def test_no_folder_no_cassette(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no cassette"):
        Player("openai/scripted", tmp_path / "absent")


def test_secrets_are_left_out(tmp_path: Path) -> None:
    secret = "sk-canary-1234567890"
    asked = Request((Message(Role.USER, f"my key is {secret}"),), ())
    scripted = ScriptedModel(Reply(f"you said {secret}"))
    Recorder(scripted, tmp_path, [secret]).complete(asked)
    (file,) = tmp_path.iterdir()
    assert secret not in file.read_text()
    assert json.loads(file.read_text())["reply"]["text"] == "you said [redacted]"
