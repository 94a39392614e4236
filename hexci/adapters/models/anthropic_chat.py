"""Anthropic's Messages, as `anthropic/` speaks them."""

from collections.abc import Mapping, Sequence

from hexci.adapters.models.answers import object_of
from hexci.adapters.models.wire import Wire
from hexci.domain.agent.conversation import Message, Reply, Request, Role, Tool, ToolCall, Usage
from hexci.domain.canonical import Json, canonical

_KEY = "ANTHROPIC_API_KEY"
_VERSION = "2023-06-01"


class AnthropicChat:
    """One model behind one endpoint."""

    def __init__(self, model: str, base: str, key: str) -> None:
        self._model = model
        self._key = key
        self._wire = Wire(base, {"x-api-key": key, "anthropic-version": _VERSION})

    @property
    def name(self) -> str:
        """Its SPEC."""
        return f"anthropic/{self._model}"

    def complete(self, request: Request) -> Reply:
        """One call."""
        body: dict[str, Json] = {
            "model": self._model,
            "max_tokens": request.max_output,
            "system": _system(request.messages),
            "messages": _turns(request.messages),
            "tools": [_tool(t) for t in request.tools],
        }
        answer = self._wire.post("/v1/messages", canonical(body), request.timeout)
        return _reply(object_of(answer, key_name=_KEY, secrets=[self._key]))


def _system(messages: Sequence[Message]) -> Json:
    text = "\n\n".join(m.text for m in messages if m.role is Role.SYSTEM)
    # tools and system are the same bytes for every task: worth a cache mark
    return [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]


def _turns(messages: Sequence[Message]) -> list[Json]:
    """User and assistant in turn; neighbours of one role become one message."""
    turns: list[tuple[str, list[Json]]] = []
    for message in messages:
        if message.role is Role.SYSTEM:
            continue
        role = "assistant" if message.role is Role.ASSISTANT else "user"
        blocks = _blocks(message)
        if turns and turns[-1][0] == role:
            turns[-1][1].extend(blocks)
        elif blocks:
            turns.append((role, blocks))
    return [{"role": role, "content": blocks} for role, blocks in turns]


def _blocks(message: Message) -> list[Json]:
    if message.role is Role.TOOL:
        return [{"type": "tool_result", "tool_use_id": message.answers, "content": message.text}]
    blocks: list[Json] = [{"type": "text", "text": message.text}] if message.text.strip() else []
    for call in message.calls:
        given = dict(call.arguments)
        blocks.append({"type": "tool_use", "id": call.id, "name": call.name, "input": given})
    return blocks


def _tool(tool: Tool) -> dict[str, Json]:
    schema = dict(tool.parameters)
    return {"name": tool.name, "description": tool.description, "input_schema": schema}


def _reply(body: Mapping[str, Json]) -> Reply:
    content = body.get("content")
    blocks = [b for b in content if isinstance(b, dict)] if isinstance(content, list) else []
    text = "\n".join(str(b.get("text") or "") for b in blocks if b.get("type") == "text")
    calls = tuple(_call(b, n) for n, b in enumerate(blocks) if b.get("type") == "tool_use")
    stop = str(body.get("stop_reason") or "")
    refused = text or "the model refused" if stop == "refusal" else ""
    return Reply(text, calls, _usage(body.get("usage")), "length" if stop == "max_tokens" else stop,
                 refused)  # fmt: skip


def _call(block: Mapping[str, Json], number: int) -> ToolCall:
    given = block.get("input")
    identity, name = str(block.get("id") or f"call-{number}"), str(block.get("name"))
    if not isinstance(given, dict):
        return ToolCall(identity, name, {}, problem="the arguments are not a JSON object")
    return ToolCall(identity, name, given)


def _usage(body: Json) -> Usage | None:
    if not isinstance(body, dict):
        return None
    names = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens",
             "output_tokens")  # fmt: skip
    found = [body.get(name) for name in names]
    fresh, stored, cached, output = (c if isinstance(c, int) and c >= 0 else 0 for c in found)
    return Usage(fresh + stored + cached, output, cached)
