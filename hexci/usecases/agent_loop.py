"""A model at work: it asks, it is answered, it proposes, the gate judges. No shell, no token."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hexci.domain.agent.conversation import Message, Reply, Request, Role, Tool, ToolCall, Usage
from hexci.domain.agent.edits import proposal
from hexci.domain.agent.memory import compressed, is_verdict
from hexci.domain.agent.prompt import fenced, opening, task_message
from hexci.domain.agent.steady import steady
from hexci.domain.agent.text_calls import calls_in
from hexci.domain.agent.tools import EDITING, TOOLS
from hexci.domain.canonical import Json, digest, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome, best_of
from hexci.errors import HexciError, ModelError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.model import ModelFault
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects, Search
from hexci.ports.runner import EvidenceRunner
from hexci.usecases.agent_context import CodeInSight
from hexci.usecases.agent_tools import ReadingTools
from hexci.usecases.metered_model import MeteredModel

# Characters of the whole conversation; about a quarter as many tokens.
_MEMORY = 120_000
# What it is cut to when it grows beyond: once in a while, so that caches of prompts hold.
_CUT_TO = 0.6
# Before the limit so many turns are for editing only: most failures are wandering. The last
# one starts afresh, without the wandering.
_FORCED = 2
# Turns in a row that bring nothing new before the loop ends.
_IDLE = 3
_FEEDBACK = 4_000
_LEAST_TIMEOUT = 5.0
_NUDGE = "Call one tool. When you know the fault, call propose_edit."
_LAST = "You are at the end of your turns. Call propose_edit now with your best change, or give_up."


@dataclass(frozen=True, slots=True)
class AgentCandidate:
    """One model as a candidate."""

    model: MeteredModel
    objects: Objects
    search: Search
    runner: EvidenceRunner
    clock: Clock

    @property
    def name(self) -> str:
        """Its SPEC."""
        return self.model.name

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """Turns until the gate accepts, the model gives up, or a limit ends it."""
        tools = ReadingTools(
            given.plan.base_tree, self.objects, self.search, lambda: self._evidence(given)
        )
        return _Session(self, given, tools, progress).run()

    def _evidence(self, given: Assignment) -> EvidenceRun:
        # the room is never edited in place, so what was red at the start is what is red now
        return given.red or self.runner.run(given.plan.evidence, given.room)


@dataclass(slots=True)
class _Session:
    """One conversation and what came of it."""

    candidate: AgentCandidate
    given: Assignment
    tools: ReadingTools
    progress: Progress
    messages: list[Message] = field(default_factory=list)
    transcript: list[dict[str, Json]] = field(default_factory=list)
    usage: Usage = field(default=Usage())
    reached: list[Outcome] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    trees: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    idle: int = 0
    cut: bool = False
    over: Outcome | None = None

    def run(self) -> Attempt:
        """Turns until it is over."""
        self.messages = [opening(TOOLS), self._task()]
        if self.candidate.model.price is None:
            self.progress.note(f"{self.candidate.name}: price not known, only tokens are counted")
        try:
            self._turns(self.given.plan.limits.max_steps)
        except HexciError as error:
            self.over = Outcome(error.outcome)
            self.said.append(str(error))
            self.transcript.append({"ended": str(error), "outcome": error.outcome})
        return self._attempt()

    def _turns(self, most: int) -> None:
        for turn in range(1, most + 1):
            if self.candidate.clock.monotonic() >= self.given.deadline:
                self.over = Outcome.TIMEOUT
                self.said.append("the run's time was used up")
            if self.over is not None:
                return
            self._turn(turn, most)
        if self.over is None:
            self.said.append(f"the limit of {most} turns was reached")

    def _turn(self, turn: int, most: int) -> None:
        last = turn > most - _FORCED
        if last and turn == most > _FORCED:
            self.messages = [opening(TOOLS), self._task(), *self._lessons()]
        if last:
            self.messages.append(Message(Role.USER, _LAST))
        used = self.usage.tokens
        self.progress.tick(f"turn {turn} of {most}, {used} tokens")
        reply = self._said(EDITING if last else TOOLS)
        self.usage += reply.usage or Usage()
        calls = reply.calls or calls_in(reply.text)
        self.transcript.append(
            {"turn": turn, "text": reply.text, "calls": plain(calls), "usage": plain(reply.usage),
             "finish": reply.finish, "refusal": reply.refusal}
        )  # fmt: skip
        self.messages.append(Message(Role.ASSISTANT, reply.text, reply.calls))
        if not calls:
            self._answer_none(reply)
        for call in calls:
            self._answer(call)

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
        self.idle += 1
        if reply.refusal:
            self.said.append(f"the model refused: {reply.refusal[:200]}")
        cut = "Your reply was cut off: it was too long. " if reply.finish == "length" else ""
        self.messages.append(Message(Role.USER, cut + _NUDGE))
        self._stop_when_idle()

    def _answer(self, call: ToolCall) -> None:
        if self.over is not None:
            return self._reply(call, "not looked at: the run is over")
        if call.problem:
            self.idle += 1
            self._reply(call, f"the call of {call.name} could not be read: {call.problem}")
        elif call.name == "give_up":
            reason = call.arguments.get("reason")
            self.said.append(f"gave up: {reason}")
            self.over = best_of(self.reached)
        elif call.name == "propose_edit":
            self._propose(call)
        else:
            self._look(call)
        return self._stop_when_idle()

    def _look(self, call: ToolCall) -> None:
        key = f"{call.name} {plain(dict(call.arguments))}"
        if key in self.asked:
            self.idle += 1
            return self._reply(
                call, "you asked this before; the answer is above and has not changed"
            )
        self.asked.add(key)
        self.idle = 0
        answer = self.tools.answer(call.name, call.arguments)
        return self._reply(call, fenced(answer, self._nonce()))

    def _propose(self, call: ToolCall) -> None:
        base = self.given.plan.base_tree
        objects = self.candidate.objects
        made = proposal(call.arguments, lambda path: objects.read(base, path))
        if made.problem:
            self.idle += 1
            return self._reply(call, f"REFUSED, nothing was changed: {made.problem}")
        tree = objects.overlay(base, made.files)
        if tree in self.trees:
            self.over = Outcome.FLAPPING
            self.said.append("proposed the same change twice")
            return self._reply(call, "REFUSED: this very change was judged before")
        self.trees.add(tree)
        self.idle = 0
        verdict = self.given.judge(tree)
        self.reached.append(verdict.outcome)
        paths = ", ".join(made.files)
        self.transcript.append({"proposed": plain(sorted(made.files)), "tree": tree,
                                "outcome": verdict.outcome.value})  # fmt: skip
        self.progress.note(f"{paths}: {verdict.outcome}")
        if verdict.accepted:
            self.over = Outcome.OK
            return self._reply(call, "accepted")
        self.said.append(f"{paths}: {verdict.outcome}: {verdict.reason}")
        said = "\n".join((*made.notes, verdict.reason, verdict.feedback))[:_FEEDBACK]
        told = self._steady(said)
        refusal = f"REFUSED ({verdict.outcome}); everything was taken back.\n"
        return self._reply(call, refusal + fenced(told, self._nonce()))

    def _reply(self, call: ToolCall, text: str) -> None:
        role = Role.TOOL if call.native else Role.USER
        shown = text if call.native else f"{call.name}:\n{text}"
        self.messages.append(Message(role, shown, answers=call.id if call.native else ""))

    def _stop_when_idle(self) -> None:
        if self.idle >= _IDLE and self.over is None:
            self.over = best_of(self.reached)
            self.said.append(f"{_IDLE} turns in a row brought nothing new")

    def _task(self) -> Message:
        plan, candidate = self.given.plan, self.candidate
        files = CodeInSight(candidate.objects, candidate.search).files(plan, self.given.red)
        message = task_message(plan, self.given.red, files, self.given.failures, self._nonce())
        return replace(message, text=self._steady(message.text))

    def _steady(self, text: str) -> str:
        return steady(text, self.candidate.objects.files(self.given.plan.base_tree).keys())

    def _nonce(self) -> str:
        # no text of the repository can contain it, as it depends on every byte of that text;
        # the same task on the same tree has the same, for caches and cassettes
        plan = self.given.plan
        return digest(f"{plan.base_tree}\0{plan.task}".encode())[-16:]

    def _attempt(self) -> Attempt:
        outcome = self.over or best_of(self.reached)
        model = self.candidate.model
        usage: Mapping[str, Json] = {
            "prompt_tokens": self.usage.prompt,
            "cached_tokens": self.usage.cached,
            "completion_tokens": self.usage.completion,
            "turns": sum("turn" in line for line in self.transcript),
            "calls": model.spent.calls,
            "usd": None if model.price is None else round(model.spent.usd, 6),
        }
        return Attempt(
            outcome,
            summary="\n".join(self.said) or str(outcome),
            transcript=tuple(self.transcript),
            usage=tuple(usage.items()),
        )
