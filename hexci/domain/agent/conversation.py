"""What is said between the loop and a model, free of any provider's format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hexci.domain.canonical import Json


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants used. `native` is False when it was read out of plain text.

    `problem` is set when the arguments could not be read; the call is then answered with it.
    """

    id: str
    name: str
    arguments: Mapping[str, Json]
    native: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `answers` is the id of the native call that a `tool` message answers."""

    role: Role
    text: str
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the provider counted them; `cached` is a part of `prompt`."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0

    @property
    def tokens(self) -> int:
        """Both directions together."""
        return self.prompt + self.completion

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.cached + other.cached,
        )


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as a model is told of it; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a model: at most `max_output` tokens and `timeout` seconds."""

    messages: tuple[Message, ...]
    tools: tuple[Tool, ...]
    max_output: int = 4096
    timeout: float = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said.

    `usage` is None when the server told none. `finish` is `length` when the reply was cut;
    `refusal` holds the model's words when it declined.
    """

    text: str
    calls: tuple[ToolCall, ...] = ()
    usage: Usage | None = field(default=Usage())
    finish: str = ""
    refusal: str = ""
