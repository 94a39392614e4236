"""`openai/MODEL`: any endpoint that speaks OpenAI's chat completions, by the official SDK.

`OPENAI_BASE_URL` leads to Ollama, vLLM, llama.cpp or a gateway. The key stays in this process.
"""

import importlib
import os
import random
import threading
import time
from types import ModuleType
from typing import Any

from hexci.domain.agent.conversation import Message, Reply, Request, Role, Tool, Usage
from hexci.domain.agent.text_calls import from_text_arguments
from hexci.domain.canonical import Json, canonical
from hexci.errors import ModelError

_TRIES = 5
_LONGEST_WAIT = 30.0
_KEY = "OPENAI_API_KEY"


class OpenAIChat:
    """One model behind one endpoint. The SDK is imported by a thread, while RED runs."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._sdk: ModuleType | None = None
        self._client: Any = None
        self._loading = threading.Thread(target=self._load, daemon=True)
        self._loading.start()

    @property
    def name(self) -> str:
        """Its SPEC."""
        return f"openai/{self._model}"

    def complete(self, request: Request) -> Reply:
        """One reply; transient failures are tried again within the request's time."""
        sdk, client = self._ready()
        deadline = time.monotonic() + request.timeout
        for attempt in range(1, _TRIES + 1):
            try:
                return _reply(self._call(client, request, deadline))
            except (sdk.RateLimitError, sdk.InternalServerError, sdk.APIConnectionError) as error:
                wait = _wait(error, attempt)
                if attempt == _TRIES or time.monotonic() + wait >= deadline:
                    said = f"{self.name} did not answer after {attempt} tries: {_said(error)}"
                    raise ModelError(said, "Try again later, or name another candidate.") from error
                time.sleep(wait)
            except sdk.AuthenticationError as error:
                raise ModelError(
                    f"{self.name}: the endpoint does not accept the key",
                    f"Check the variable {_KEY}.",
                ) from error
            except (sdk.APIError, ValueError) as error:  # ValueError: a body that is no JSON
                raise ModelError(f"{self.name}: {_said(error)}") from error
        raise ModelError(f"{self.name} did not answer")

    def _call(self, client: Any, request: Request, deadline: float) -> Any:
        return client.chat.completions.create(
            model=self._model,
            messages=[_message(m) for m in request.messages],
            tools=[_tool(t) for t in request.tools],
            max_completion_tokens=request.max_output,
            timeout=max(1.0, deadline - time.monotonic()),
        )

    def _ready(self) -> tuple[Any, Any]:
        self._loading.join()
        if self._sdk is None:
            raise ModelError("the openai package is not installed", "pip install 'hexci[openai]'")
        if self._client is None:
            if not os.environ.get(_KEY):
                raise ModelError(f"{self.name} has no key", f"Set the variable {_KEY}.")
            # our own loop counts the tries, so that they stay within the run's time
            self._client = self._sdk.OpenAI(max_retries=0)
        return self._sdk, self._client

    def _load(self) -> None:
        try:
            self._sdk = importlib.import_module("openai")
        except ImportError:
            self._sdk = None


def _message(message: Message) -> dict[str, Json]:
    body: dict[str, Json] = {"role": message.role.value, "content": message.text}
    if message.role is Role.TOOL:
        body["tool_call_id"] = message.answers
    if message.calls:
        body["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {
                    "name": call.name,
                    "arguments": canonical(dict(call.arguments)).decode("utf-8", "replace"),
                },
            }
            for call in message.calls
        ]
    return body


def _tool(tool: Tool) -> dict[str, Json]:
    function: dict[str, Json] = {
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.parameters),
    }
    return {"type": "function", "function": function}


def _reply(body: Any) -> Reply:
    if not body.choices:
        raise ModelError("the endpoint sent a reply without choices")
    choice = body.choices[0]
    calls = tuple(
        from_text_arguments(call.id, call.function.name, call.function.arguments, native=True)
        for call in choice.message.tool_calls or ()
        if call.type == "function"
    )
    used = body.usage
    usage = Usage(used.prompt_tokens or 0, used.completion_tokens or 0) if used else Usage()
    return Reply(choice.message.content or "", calls, usage, choice.finish_reason or "")


def _wait(error: Any, attempt: int) -> float:
    """Seconds before the next try: what the server asks for, else doubling with jitter."""
    response = getattr(error, "response", None)
    asked = response.headers.get("retry-after", "") if response is not None else ""
    if asked.replace(".", "", 1).isdigit():
        return min(float(asked), _LONGEST_WAIT)
    return min(0.5 * 2.0**attempt, _LONGEST_WAIT) * random.uniform(0.5, 1.0)  # noqa: S311


def _said(error: Exception) -> str:
    """The first line of what went wrong; some endpoints repeat the key in it."""
    text = (str(error).splitlines() or [type(error).__name__])[0]
    key = os.environ.get(_KEY, "")
    return (text.replace(key, "…") if key else text)[:300]
