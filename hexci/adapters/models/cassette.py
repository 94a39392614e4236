"""Recording a model's replies and playing them back without it, keyed on the exact request."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from hexci.domain.agent.conversation import Reply, Request, ToolCall, Usage
from hexci.domain.canonical import Json, canonical, digest, plain
from hexci.errors import BadInputError, ModelError

_FORM = 1
_SECRET_NAMES = ("KEY", "TOKEN", "SECRET", "PASSWORD")
_SHORTEST_SECRET = 8


class Recordable(Protocol):
    """A chat model."""

    @property
    def name(self) -> str:
        """Its SPEC."""
        ...

    def complete(self, request: Request) -> Reply:
        """One call."""
        ...


class Recorder:
    """Passes calls on and keeps each request with its reply in `folder`."""

    def __init__(self, model: Recordable, folder: Path, secrets: Sequence[str] = ()) -> None:
        self._model = model
        self._folder = folder
        self._secrets = [s for s in secrets if s] or secrets_of_environment()

    @property
    def name(self) -> str:
        """The SPEC of the model behind it."""
        return self._model.name

    def complete(self, request: Request) -> Reply:
        """The model's reply, kept."""
        reply = self._model.complete(request)
        asked = without_secrets(asked_of(self.name, request), self._secrets)
        key = digest(canonical(asked))
        document = {
            "form": _FORM,
            "request": asked,
            "reply": without_secrets(plain(reply), self._secrets),
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        place = self._folder / _file_of(key)
        unfinished = place.with_suffix(f".{os.getpid()}")
        unfinished.write_text(text, "utf-8", "surrogatepass")
        unfinished.replace(place)
        return reply


class Player:
    """Answers from `folder` alone: no key, no network."""

    def __init__(self, name: str, folder: Path) -> None:
        if not folder.is_dir():
            raise BadInputError(f"there is no cassette at {folder}", "Make one: --record DIR")
        self._name = name
        self._folder = folder

    @property
    def name(self) -> str:
        """The SPEC that was recorded."""
        return self._name

    def complete(self, request: Request) -> Reply:
        """The recorded reply to this very request. Raises ModelError when there is none."""
        key = digest(canonical(asked_of(self._name, request)))
        place = self._folder / _file_of(key)
        if not place.is_file():
            last = request.messages[-1].text.strip().splitlines() or [""]
            raise ModelError(
                f"the request {key[:19]}… is not on the cassette {self._folder}: the "
                f"{len(request.messages)}th message began {last[0][:80]!r}",
                "Same base commit, task, evidence and options as when it was recorded? "
                "Else record again.",
            )
        return reply_in(json.loads(place.read_text("utf-8", "surrogatepass"))["reply"])


def without_secrets(value: Json, secrets: Sequence[str]) -> Json:
    """`value` with every secret in its texts taken out."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "[redacted]")
        return value
    if isinstance(value, list):
        return [without_secrets(item, secrets) for item in value]
    if isinstance(value, dict):
        return {key: without_secrets(item, secrets) for key, item in value.items()}
    return value


def secrets_of_environment() -> list[str]:
    """Values of variables whose names say that they are secret, longest first."""
    found = {
        value
        for name, value in os.environ.items()
        if any(word in name.upper() for word in _SECRET_NAMES) and len(value) >= _SHORTEST_SECRET
    }
    return sorted(found, key=lambda value: (-len(value), value))


def asked_of(name: str, request: Request) -> Json:
    """What makes two requests the same: everything but the time allowed."""
    return plain(
        {
            "model": name,
            "messages": request.messages,
            "tools": request.tools,
            "max_output": request.max_output,
        }
    )


def _file_of(key: str) -> str:
    return f"{key.removeprefix('sha256:')}.json"


def reply_in(body: dict[str, Json]) -> Reply:
    """The reply that a document holds."""
    calls, usage = body["calls"], body["usage"]
    assert isinstance(calls, list)  # noqa: S101 - we wrote it
    return Reply(
        text=str(body["text"]),
        calls=tuple(ToolCall(**call) for call in calls if isinstance(call, dict)),  # type: ignore[arg-type]
        usage=Usage(**usage) if isinstance(usage, dict) else None,  # type: ignore[arg-type]
        finish=str(body["finish"]),
        refusal=str(body["refusal"]),
    )
