"""Our own client against the scripted endpoints, with the official SDK as the witness."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fakes.anthropic_server import scripted_anthropic
from fakes.openai_server import Turn, scripted_openai

from hexci.adapters.models.anthropic_chat import AnthropicChat
from hexci.adapters.models.openai_chat import OpenAIChat
from hexci.domain.agent.conversation import Message, Request, Role, ToolCall, Usage
from hexci.domain.agent.tools import TOOLS
from hexci.ports.model import ModelFault

CALL = ToolCall("c1", "read_file", {"path": "ü.py"})
TALK = (
    Message(Role.SYSTEM, "rules"),
    Message(Role.USER, "task"),
    Message(Role.ASSISTANT, "", (CALL,)),
    Message(Role.TOOL, "content", answers="c1"),
)
ASK = Request(TALK, TOOLS[:1], max_output=99, timeout=10.0)


def openai_at(url: str) -> OpenAIChat:
    return OpenAIChat("openai/scripted", "scripted", url, "sk-canary-1", "OPENAI_API_KEY")


def test_the_endpoint_gets_from_us_what_it_gets_from_the_official_sdk() -> None:
    import openai

    with scripted_openai(Turn(text="a"), Turn(text="b")) as endpoint:
        openai_at(endpoint.url).complete(ASK)
        mine = endpoint.requests[0]
        sdk = openai.OpenAI(base_url=endpoint.url, api_key="sk-canary-1", max_retries=0)
        sdk.chat.completions.create(**mine)
        sdk.close()
    assert endpoint.requests == [mine, mine]
    assert endpoint.keys[0] == endpoint.keys[1]


def test_we_read_from_a_reply_what_the_official_sdk_reads() -> None:
    import openai

    turn = Turn(text="hm", calls=[("read_file", {"path": "a"})])
    with scripted_openai(turn, turn) as endpoint:
        mine = openai_at(endpoint.url).complete(ASK)
        sdk = openai.OpenAI(base_url=endpoint.url, api_key="k", max_retries=0)
        theirs = sdk.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}])
        sdk.close()
    message = theirs.choices[0].message
    assert message.tool_calls
    assert mine.text == message.content
    assert mine.calls[0].name == message.tool_calls[0].function.name  # type: ignore[union-attr]
    assert theirs.usage
    assert mine.usage == Usage(theirs.usage.prompt_tokens, theirs.usage.completion_tokens)


def test_tool_results_go_back_to_anthropic_as_one_user_turn() -> None:
    with scripted_anthropic(Turn(text="a")) as endpoint:
        reply = AnthropicChat("m", endpoint.url, "k").complete(ASK)
    assert reply.text == "a"
    assert [m["role"] for m in endpoint.requests[0]["messages"]] == ["user", "assistant", "user"]
    assert endpoint.requests[0]["system"][0]["text"] == "rules"


@pytest.mark.parametrize(
    ("turn", "again", "overflow"),
    [
        (Turn(status=429), True, False),
        (Turn(status=503), True, False),
        (Turn(status=401), False, False),
        (Turn(raw=b'{"choices"'), True, False),
        (Turn(status=400, raw=b'{"error":{"code":"context_length_exceeded"}}'), False, True),
        (Turn(status=429, raw=b'{"error":{"code":"insufficient_quota"}}'), False, False),
    ],
)
def test_faults_are_told_apart(turn: Turn, *, again: bool, overflow: bool) -> None:
    with scripted_openai(turn) as endpoint, pytest.raises(ModelFault) as caught:
        openai_at(endpoint.url).complete(ASK)
    assert (caught.value.again, caught.value.overflow) == (again, overflow)
    assert "sk-canary-1" not in str(caught.value)


def test_the_wait_that_the_endpoint_asks_for_is_kept() -> None:
    turn = Turn(status=429, headers={"retry-after": "7"})
    with scripted_openai(turn) as endpoint, pytest.raises(ModelFault) as caught:
        openai_at(endpoint.url).complete(ASK)
    assert caught.value.wait == 7.0


def test_a_server_without_native_tools_is_asked_in_plain_text() -> None:
    refusal = b'{"error": {"message": "this model does not support tools"}}'
    with scripted_openai(Turn(status=400, raw=refusal), Turn(text="ok")) as endpoint:
        assert openai_at(endpoint.url).complete(ASK).text == "ok"
    assert ["tools" in request for request in endpoint.requests] == [True, False]


@contextmanager
def server_that(acts: str) -> Iterator[str]:
    """A server that resets the connection, or drips its answer byte by byte without end."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65_536)
            if acts == "resets":
                return
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
            while not stop.is_set():
                try:
                    connection.sendall(b" ")
                except OSError:
                    return
                time.sleep(0.05)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    finally:
        stop.set()
        listening.close()
        thread.join(5)


@pytest.mark.parametrize("acts", ["resets", "drips"])
def test_a_call_that_breaks_or_crawls_ends_and_may_have_cost(acts: str) -> None:
    with server_that(acts) as url, pytest.raises(ModelFault) as caught:
        openai_at(url).complete(Request(TALK, (), timeout=1.0))
    assert (caught.value.again, caught.value.charged) == (True, True)


def test_nobody_listening_costs_nothing() -> None:
    with pytest.raises(ModelFault) as caught:
        openai_at("http://127.0.0.1:9/v1").complete(ASK)
    assert (caught.value.again, caught.value.charged) == (True, False)
