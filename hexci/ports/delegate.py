"""An agent that brings its own loop, but has no tools except ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hexci.domain.agent.conversation import Tool, ToolCall
from hexci.domain.canonical import Json

Answer = Callable[[ToolCall], str]


@dataclass(frozen=True, slots=True)
class Commission:
    """What it is asked to do, and within what: seconds, turns, dollars (None: no limit)."""

    rules: str
    task: str
    tools: Sequence[Tool]
    answer: Answer
    seconds: float
    turns: int
    usd: float | None


@dataclass(frozen=True, slots=True)
class Account:
    """How it ended. `problem` is empty when it ended by itself; `late` when time ended it."""

    text: str = ""
    problem: str = ""
    late: bool = False
    usage: tuple[tuple[str, Json], ...] = field(default=())


class Delegate(Protocol):
    """One such agent."""

    @property
    def name(self) -> str:
        """Its SPEC."""
        ...

    def work(self, commission: Commission) -> Account:
        """Works until it ends or a limit does. Raises ModelError when it cannot be started."""
        ...
