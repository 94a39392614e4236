"""`local[:GGUF]`: a model in this process, by llama.cpp; its calls are bound to a JSON schema."""

import importlib
import json
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hexci.adapters.models.governor import reserved
from hexci.adapters.models.openai_chat import reply_of
from hexci.domain.agent.conversation import Reply, Request, Role, Tool
from hexci.domain.canonical import Json
from hexci.domain.late import LATE
from hexci.errors import DeadlineError, ModelError
from hexci.ports.model import ModelFault

_VARIABLE = "HEXCI_LOCAL_MODEL"
_CONTEXT = 8192
_MOST_OUTPUT = 1024
_MOST_ITEMS = 4


class LocalChat:
    """Starts with the first call, maps the weights, and is gone when the process or run ends."""

    def __init__(self, spec: str) -> None:
        self._spec = spec
        self._server: Any = None
        self._held = ExitStack()

    @property
    def name(self) -> str:
        """Its SPEC."""
        return self._spec

    def complete(self, request: Request) -> Reply:
        """One reply, which is one call of a tool: nothing else can be said."""
        server = self._started()
        body = {
            "messages": [{"role": _role(m.role), "content": m.text} for m in request.messages],
            "max_tokens": min(request.max_output, _MOST_OUTPUT),
            "temperature": 0,
            "cache_prompt": True,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "call", "schema": call_schema(request.tools)},
            },
        }
        answer = _within(request.timeout, lambda: server.handle_chat_completions(body))
        if isinstance(answer, str | bytes):
            answer = json.loads(answer)
        if "error" in answer:
            said = str(answer["error"])[:300]
            raise ModelFault(f"{self.name}: {said}", overflow="context" in said.lower())
        return reply_of(answer)

    def close(self) -> None:
        """Ends the engine and gives the memory back."""
        self._server = None
        self._held.close()

    def _started(self) -> Any:
        if self._server is None:
            path = _weights(self._spec)
            engine = _engine()
            self._held.enter_context(reserved(path.stat().st_size, self.name))
            parameters = engine.CommonParams()
            parameters.model.path = str(path)
            parameters.n_ctx, parameters.n_parallel = _CONTEXT, 1
            parameters.warmup = False
            parameters.verbosity = -1
            for part in (parameters.cpuparams, parameters.cpuparams_batch):
                part.n_threads = idle_cpus()
            try:
                self._server = engine.Server(parameters)
            except (RuntimeError, ValueError) as error:
                raise ModelError(f"{self.name} could not be loaded: {error}") from error
        return self._server


def idle_cpus() -> int:
    """How many of our CPUs nobody else uses, at least one.

    The engine's threads wait for each other at every layer: on CPUs that are busy two of them
    took seven times as long as one.
    """
    ours = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    return max(1, len(ours) - round(os.getloadavg()[0]))


def call_schema(tools: Sequence[Tool]) -> dict[str, Json]:
    """The JSON Schema of one call of one of `tools`."""
    return {
        "anyOf": [
            {
                "type": "object",
                "properties": {"name": {"const": tool.name}, "arguments": _ending(tool.parameters)},
                "required": ["name", "arguments"],
                "additionalProperties": False,
            }
            for tool in tools
        ]
    }


def _ending(schema: Mapping[str, Json]) -> dict[str, Json]:
    """`schema` with an end to its lists: a small model may never find one by itself."""
    bounded: dict[str, Json] = {}
    for key, value in schema.items():
        bounded[key] = _ending(value) if isinstance(value, dict) else value
    return {**bounded, "maxItems": _MOST_ITEMS} if schema.get("type") == "array" else bounded


def _role(role: Role) -> str:
    return "user" if role is Role.TOOL else role.value


def _weights(spec: str) -> Path:
    named = spec.partition(":")[2] or os.environ.get(_VARIABLE, "")
    if not named:
        raise ModelError("local names no model", f"Say local:PATH.gguf, or set {_VARIABLE}.")
    path = Path(named).expanduser()
    if not path.is_file():
        raise ModelError(f"{spec}: there is no file {path}", "Name a GGUF file.")
    return path


def _engine() -> Any:
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        raise ModelError(
            "the local engine is not installed", "pip install 'hexci[local]'"
        ) from error


def _within(seconds: float, work: Any) -> Any:
    """What `work` returns; the engine cannot be interrupted, so a late one is left behind."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(work()), name=LATE, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise DeadlineError(
            "the local model did not answer in time", "Give it more --timeout, or a smaller model."
        )
    return found[0]
