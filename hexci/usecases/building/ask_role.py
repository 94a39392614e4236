"""Asking one role one question: it may look with tools, and ends by calling its answer's tool."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from hexci.domain.agent.conversation import Message, Reply, Request, Role, Tool, ToolCall, Usage
from hexci.domain.agent.memory import compressed
from hexci.domain.agent.prompt import fenced, opening_of
from hexci.domain.agent.text_calls import calls_in
from hexci.domain.agent.tools import LOOKING
from hexci.domain.building.asking import Question
from hexci.domain.canonical import Json
from hexci.errors import DeadlineError, DeniedError, ModelError
from hexci.ports.clock import Clock
from hexci.ports.gateway import Gateway
from hexci.ports.progress import Progress
from hexci.usecases.agent_tools import ReadingTools
from hexci.usecases.metered_model import MeteredModel

Answer = TypeVar("Answer")


class NoAnswerError(ModelError):
    """A model was reached, and gave nothing that could be taken."""


_TURNS = 8
_MEMORY = 120_000
_SHORTEST = 5.0


@dataclass(slots=True)
class Tally:
    """What the talking of one build used; several threads add to it. `usd` None: not known."""

    usage: Usage = field(default=Usage())
    usd: float | None = None
    _lock: Lock = field(default_factory=Lock)

    def add(self, usage: Usage | None, usd: float | None) -> None:
        """Counts one reply."""
        with self._lock:
            self.usage += usage or Usage()
            if usd is not None:
                self.usd = (self.usd or 0.0) + usd


@dataclass(frozen=True, slots=True)
class Seat:
    """What one role works with: its model, its tools, its law, and how long it may take."""

    name: str
    model: MeteredModel
    tools: ReadingTools
    gateway: Gateway
    clock: Clock
    progress: Progress
    deadline: float
    nonce: str
    tally: Tally


def ask_role(
    question: Question, read: Callable[[Mapping[str, Json]], Answer | str], seat: Seat
) -> Answer:
    """The answer as `read` takes it; a text from `read` is a problem, told to the model.

    Raises NoAnswerError when it never answers; ModelError, BudgetError and DeadlineError where the
    model cannot be asked.
    """
    return _Hearing(question, read, seat).run()


@dataclass(slots=True)
class _Hearing(Generic[Answer]):
    question: Question
    read: Callable[[Mapping[str, Json]], Answer | str]
    seat: Seat
    messages: list[Message] = field(default_factory=list)

    def run(self) -> Answer:
        asked, seat = self.question, self.seat
        tools = (*LOOKING, asked.answer)
        self.messages = [opening_of(asked.role, tools), Message(Role.USER, asked.task)]
        problem = "it never answered"
        for turn in range(1, _TURNS + 1):
            seat.progress.tick(f"{seat.name}: turn {turn} of {_TURNS}")
            reply = self._said(tools if turn < _TURNS else (asked.answer,))
            calls = reply.calls or calls_in(reply.text, (asked.answer.name,))
            if not calls:
                self.messages.append(Message(Role.USER, f"Call one tool; {self._last()}"))
            for call in calls:
                taken = self._taken(call)
                if not isinstance(taken, str):
                    return taken
                problem = taken if call.name == asked.answer.name else problem
                self._reply(call, taken)
        raise NoAnswerError(f"{seat.name} gave no answer that could be taken: {problem}"[:500])

    def _last(self) -> str:
        return f"when you are done, call {self.question.answer.name}."

    def _taken(self, call: ToolCall) -> Answer | str:
        if call.problem:
            return f"the call of {call.name} could not be read: {call.problem}"
        try:
            if call.name == self.question.answer.name:
                return self._answer(call)
            self.seat.gateway.require("tool", call.name)
            return fenced(self.seat.tools.answer(call.name, call.arguments), self.seat.nonce)
        except DeniedError as error:
            return f"denied: {error.message}"

    def _answer(self, call: ToolCall) -> Answer | str:
        taken = self.read(call.arguments)
        return f"not taken: {taken}" if isinstance(taken, str) else taken

    def _said(self, tools: tuple[Tool, ...]) -> Reply:
        seat = self.seat
        if len(tools) == 1:
            self.messages.append(Message(Role.USER, f"This is your last turn: {self._last()}"))
        if sum(len(m.text) for m in self.messages) > _MEMORY:
            self.messages = list(compressed(self.messages, _MEMORY // 2))
        left = seat.deadline - seat.clock.monotonic()
        if left <= 0:
            raise DeadlineError(f"{seat.name}: the run's time was used up")
        request = Request(tuple(self.messages), tools, timeout=max(_SHORTEST, left))
        before = seat.model.spent.usd
        reply = seat.model.complete(request)
        priced = seat.model.price is not None
        seat.tally.add(reply.usage, seat.model.spent.usd - before if priced else None)
        self.messages.append(Message(Role.ASSISTANT, reply.text, reply.calls))
        return reply

    def _reply(self, call: ToolCall, text: str) -> None:
        role = Role.TOOL if call.native else Role.USER
        shown = text if call.native else f"{call.name}:\n{text}"
        self.messages.append(Message(role, shown, answers=call.id if call.native else ""))
