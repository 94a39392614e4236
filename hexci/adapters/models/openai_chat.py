"""OpenAI's chat completions, as `openai/`, `ollama/` and most other servers speak them."""

from collections.abc import Mapping

from hexci.adapters.models.answers import object_of
from hexci.adapters.models.wire import Wire
from hexci.domain.agent.conversation import Message, Reply, Request, Role, Tool, ToolCall, Usage
from hexci.domain.agent.text_calls import from_text_arguments
from hexci.domain.canonical import Json, canonical
from hexci.ports.model import ModelFault

# Words with which servers turn down a field; the call is then made again without it.
_NO_TOOLS = ("support tool", "support function", "tools is not", "tool use is not", "`tools`")


class OpenAIChat:
    """One model behind one endpoint."""

    def __init__(self, name: str, model: str, base: str, key: str, key_name: str) -> None:
        self._name = name
        self._model = model
        self._key = key
        self._key_name = key_name
        self._wire = Wire(base, {"authorization": f"Bearer {key}"})
        self._native = True
        # OpenAI's newer models refuse the old name; other servers may not know the new one
        self._limit = "max_completion_tokens" if "api.openai.com" in base else "max_tokens"

    @property
    def name(self) -> str:
        """Its SPEC."""
        return self._name

    def complete(self, request: Request) -> Reply:
        """One call; a server that turns down native tools is asked again in plain text."""
        try:
            return self._call(request)
        except ModelFault as fault:
            low = fault.message.lower()
            if fault.again or fault.overflow:
                raise
            if self._native and any(words in low for words in _NO_TOOLS):
                self._native = False
            elif "max_tokens" in low and self._limit == "max_tokens":
                self._limit = "max_completion_tokens"
            else:
                raise
            return self._call(request)

    def _call(self, request: Request) -> Reply:
        body: dict[str, Json] = {
            "model": self._model,
            "messages": [_message(m) for m in request.messages],
            self._limit: request.max_output,
        }
        if self._native and request.tools:
            body["tools"] = [_tool(t) for t in request.tools]
        answer = self._wire.post("/chat/completions", canonical(body), request.timeout)
        return reply_of(object_of(answer, key_name=self._key_name, secrets=[self._key]))


def _message(message: Message) -> dict[str, Json]:
    body: dict[str, Json] = {"role": message.role.value, "content": message.text}
    if message.role is Role.TOOL:
        body["tool_call_id"] = message.answers
    if message.calls:
        body["tool_calls"] = [_sent(call) for call in message.calls]
    return body


def _sent(call: ToolCall) -> dict[str, Json]:
    arguments = canonical(dict(call.arguments)).decode("utf-8", "replace")
    function: dict[str, Json] = {"name": call.name, "arguments": arguments}
    return {"id": call.id, "type": "function", "function": function}


def _tool(tool: Tool) -> dict[str, Json]:
    function: dict[str, Json] = {
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.parameters),
    }
    return {"type": "function", "function": function}


def reply_of(body: Mapping[str, Json]) -> Reply:
    """The reply in a completion's body, whatever is missing from it."""
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise ModelFault("the endpoint sent a reply without choices", again=True, charged=True)
    refusal, text = message.get("refusal"), message.get("content")
    sent = message.get("tool_calls")
    calls = [_received(c, n) for n, c in enumerate(sent if isinstance(sent, list) else ())]
    finish = choice.get("finish_reason")
    return Reply(
        text=text if isinstance(text, str) else "",
        calls=tuple(call for call in calls if call is not None),
        usage=_usage(body.get("usage")),
        finish=finish if isinstance(finish, str) else "",
        refusal=refusal if isinstance(refusal, str) else "",
    )


def _received(call: Json, number: int) -> ToolCall | None:
    function = call.get("function") if isinstance(call, dict) else None
    if not isinstance(call, dict) or not isinstance(function, dict):
        return None
    identity, arguments = str(call.get("id") or f"call-{number}"), function.get("arguments")
    # some servers send the arguments as an object, though the form says text
    text = canonical(arguments).decode() if isinstance(arguments, dict) else str(arguments or "")
    return from_text_arguments(identity, str(function.get("name")), text, native=True)


def _usage(body: Json) -> Usage | None:
    if not isinstance(body, dict):
        return None
    details = body.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    counts = (body.get("prompt_tokens"), body.get("completion_tokens"), cached)
    return Usage(*(c if isinstance(c, int) and c >= 0 else 0 for c in counts))
