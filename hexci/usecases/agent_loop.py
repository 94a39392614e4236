"""A model at work: it asks, it is answered, it proposes, the gate judges. No shell, no token."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.agent.conversation import Message, Reply, Request, Role, Tool, ToolCall, Usage
from hexci.domain.agent.memory import compressed, is_verdict
from hexci.domain.agent.prompt import opening
from hexci.domain.agent.text_calls import calls_in
from hexci.domain.agent.tools import EDITING, TOOLS
from hexci.domain.canonical import Json, plain
from hexci.domain.outcome import Outcome
from hexci.errors import HexciError, ModelError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.model import ModelFault
from hexci.ports.progress import Progress
from hexci.usecases.agent_table import Desk, WorkTable
from hexci.usecases.metered_model import MeteredModel

# Characters of the whole conversation; about a quarter as many tokens.
_MEMORY = 120_000
# What it is cut to when it grows beyond: once in a while, so that caches of prompts hold.
_CUT_TO = 0.6
# Before the limit so many turns are for editing only: most failures are wandering. The last
# one starts afresh, without the wandering.
_FORCED = 2
_LEAST_TIMEOUT = 5.0
_NUDGE = "Call one tool. When you know the fault, call propose_edit."
_LAST = "You are at the end of your turns. Call propose_edit now with your best change, or give_up."


@dataclass(frozen=True, slots=True)
class AgentCandidate:
    """One model as a candidate."""

    model: MeteredModel
    desk: Desk
    clock: Clock

    @property
    def name(self) -> str:
        """Its SPEC."""
        return self.model.name

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """Turns until the gate accepts, the model gives up, or a limit ends it."""
        return _Session(self, given, WorkTable(self.desk, given, progress), progress).run()


@dataclass(slots=True)
class _Session:
    """One conversation."""

    candidate: AgentCandidate
    given: Assignment
    table: WorkTable
    progress: Progress
    messages: list[Message] = field(default_factory=list)
    usage: Usage = field(default=Usage())
    cut: bool = False

    def run(self) -> Attempt:
        """Turns until it is over."""
        table = self.table
        self.messages = [opening(TOOLS), table.task()]
        if self.candidate.model.price is None:
            self.progress.note(f"{self.candidate.name}: price not known, only tokens are counted")
        try:
            self._turns(self.given.plan.limits.max_steps)
        except HexciError as error:
            table.over = Outcome(error.outcome)
            table.said.append(str(error))
            table.transcript.append({"ended": str(error), "outcome": error.outcome})
        return Attempt(
            table.outcome,
            summary="\n".join(table.said) or str(table.outcome),
            transcript=tuple(table.transcript),
            usage=tuple(self._used().items()),
        )

    def _turns(self, most: int) -> None:
        for turn in range(1, most + 1):
            if self.candidate.clock.monotonic() >= self.given.deadline:
                self.table.over = Outcome.TIMEOUT
                self.table.said.append("the run's time was used up")
            if self.table.over is not None:
                return
            self._turn(turn, most)
        if self.table.over is None:
            self.table.said.append(f"the limit of {most} turns was reached")

    def _turn(self, turn: int, most: int) -> None:
        last = turn > most - _FORCED
        if last and turn == most > _FORCED:
            self.messages = [opening(TOOLS), self.table.task(), *self._lessons()]
        if last:
            self.messages.append(Message(Role.USER, _LAST))
        self.progress.tick(f"turn {turn} of {most}, {self.usage.tokens} tokens")
        reply = self._said(EDITING if last else TOOLS)
        self.usage += reply.usage or Usage()
        calls = reply.calls or calls_in(reply.text)
        self.table.transcript.append(
            {"turn": turn, "text": reply.text, "calls": plain(calls), "usage": plain(reply.usage),
             "finish": reply.finish, "refusal": reply.refusal}
        )  # fmt: skip
        self.messages.append(Message(Role.ASSISTANT, reply.text, reply.calls))
        if not calls:
            self._answer_none(reply)
        for call in calls:
            self._reply(call, self.table.answer(call))

    def _said(self, tools: tuple[Tool, ...]) -> Reply:
        """The model's reply; a conversation too long for it is cut to half and sent once more."""
        size = sum(len(m.text) for m in self.messages)
        if size > _MEMORY:
            self.messages = list(compressed(self.messages, int(_MEMORY * _CUT_TO)))
        try:
            return self.candidate.model.complete(self._request(tools))
        except ModelFault as fault:
            if not fault.overflow:
                raise
            shorter = list(compressed(self.messages, size // 2))
            if self.cut or shorter == self.messages:
                raise ModelError(fault.message, "Name fewer files, or a larger model.") from fault
            self.cut, self.messages = True, shorter
            return self.candidate.model.complete(self._request(tools))

    def _request(self, tools: tuple[Tool, ...]) -> Request:
        left = self.given.deadline - self.candidate.clock.monotonic()
        return Request(tuple(self.messages), tools, timeout=max(_LEAST_TIMEOUT, left))

    def _lessons(self) -> list[Message]:
        """What the gate said so far: the last turn starts afresh, but not without it."""
        told = [m.text for m in self.messages if is_verdict(m)]
        return [Message(Role.USER, text) for text in told[-2:]]

    def _answer_none(self, reply: Reply) -> None:
        self.table.idle += 1
        if reply.refusal:
            self.table.said.append(f"the model refused: {reply.refusal[:200]}")
        cut = "Your reply was cut off: it was too long. " if reply.finish == "length" else ""
        self.messages.append(Message(Role.USER, cut + _NUDGE))
        self.table.stop_when_idle()

    def _reply(self, call: ToolCall, text: str) -> None:
        role = Role.TOOL if call.native else Role.USER
        shown = text if call.native else f"{call.name}:\n{text}"
        self.messages.append(Message(role, shown, answers=call.id if call.native else ""))

    def _used(self) -> Mapping[str, Json]:
        model = self.candidate.model
        return {
            "prompt_tokens": self.usage.prompt,
            "cached_tokens": self.usage.cached,
            "completion_tokens": self.usage.completion,
            "turns": sum("turn" in line for line in self.table.transcript),
            "calls": model.spent.calls,
            "usd": None if model.price is None else round(model.spent.usd, 6),
        }
