"""A lens that is a model: it looks with reading tools and reports claims, once."""

from dataclasses import dataclass, field

from hexci.domain.agent.conversation import Message, Reply, Request, Role, ToolCall, Usage
from hexci.domain.agent.memory import compressed
from hexci.domain.agent.prompt import fenced, opening_of
from hexci.domain.agent.text_calls import calls_in
from hexci.domain.agent.tools import LOOKING
from hexci.domain.canonical import Json, digest
from hexci.domain.review.asking import REPORT, claims_in, role_of
from hexci.domain.review.claim import LensReport, LensStatus
from hexci.errors import DeadlineError, HexciError
from hexci.ports.clock import Clock
from hexci.ports.lens import Scene
from hexci.ports.progress import Progress
from hexci.usecases.agent_table import Desk
from hexci.usecases.agent_tools import ReadingTools
from hexci.usecases.metered_model import MeteredModel

_TOOLS = (*LOOKING, REPORT)
_TURNS = 12
_MEMORY = 120_000
_SHOWN = 12_000
_LAST = "This is your last turn: call report_claims now, with an empty list if nothing is proven."
_NUDGE = "Call one tool. When you are done, call report_claims."


@dataclass(frozen=True, slots=True)
class ModelLens:
    """One question to one model."""

    name: str
    model: MeteredModel
    desk: Desk
    clock: Clock

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Turns until it reports; no report is `invalid`, no time left is `timeout`."""
        hunt = _Hunt(self, scene)
        try:
            return hunt.run(progress)
        except DeadlineError as error:
            return hunt.ended(LensStatus.TIMEOUT, str(error))
        except HexciError as error:
            return hunt.ended(LensStatus.INVALID, str(error))


@dataclass(slots=True)
class _Hunt:
    lens: ModelLens
    scene: Scene
    messages: list[Message] = field(default_factory=list)
    usage: Usage = field(default=Usage())

    def run(self, progress: Progress) -> LensReport:
        self.messages = [opening_of(role_of(self.lens.name), _TOOLS), self._task()]
        problem = "it never reported"
        for turn in range(1, _TURNS + 1):
            progress.tick(f"{self.lens.name}: turn {turn} of {_TURNS}")
            reply = self._said(last=turn == _TURNS)
            calls = reply.calls or calls_in(reply.text, (REPORT.name,))
            if not calls:
                self.messages.append(Message(Role.USER, _NUDGE))
            for call in calls:
                answer = self._answer(call)
                if isinstance(answer, LensReport):
                    return answer
                problem = answer if call.name == REPORT.name else problem
                self._reply(call, answer)
        return self.ended(LensStatus.INVALID, problem)

    def ended(self, status: LensStatus, told: str = "") -> LensReport:
        """A report without claims."""
        return LensReport(
            self.lens.name, self.lens.model.name, status, told=told, usage=self._used()
        )

    def _answer(self, call: ToolCall) -> str | LensReport:
        if call.problem:
            return f"the call of {call.name} could not be read: {call.problem}"
        if call.name != REPORT.name:
            return fenced(self._tools().answer(call.name, call.arguments), self._nonce())
        claims = claims_in(call.arguments, self.lens.name, self.lens.model.name)
        if isinstance(claims, str):
            return f"not taken: {claims}"
        status = LensStatus.OK if claims else LensStatus.EMPTY
        return LensReport(self.lens.name, self.lens.model.name, status, claims, usage=self._used())

    def _said(self, *, last: bool) -> Reply:
        if last:
            self.messages.append(Message(Role.USER, _LAST))
        if sum(len(m.text) for m in self.messages) > _MEMORY:
            self.messages = list(compressed(self.messages, _MEMORY // 2))
        left = self.scene.deadline - self.lens.clock.monotonic()
        if left <= 0:
            raise DeadlineError(f"{self.lens.name}: the review's time was used up")
        tools = (REPORT,) if last else _TOOLS
        reply = self.lens.model.complete(Request(tuple(self.messages), tools, timeout=left))
        self.usage += reply.usage or Usage()
        self.messages.append(Message(Role.ASSISTANT, reply.text, reply.calls))
        return reply

    def _reply(self, call: ToolCall, text: str) -> None:
        role = Role.TOOL if call.native else Role.USER
        shown = text if call.native else f"{call.name}:\n{text}"
        self.messages.append(Message(role, shown, answers=call.id if call.native else ""))

    def _task(self) -> Message:
        parts = [f"The gate, which passes: {self.scene.gate.command}", "Under review:"]
        left = _SHOWN
        for path in sorted(self.scene.lines):
            shown = _numbered(self._text(path), self.scene.lines[path])[:left]
            parts.append(f"{path}:\n{fenced(shown, self._nonce())}" if shown else path)
            left -= len(shown)
        return Message(Role.USER, "\n\n".join(parts))

    def _text(self, path: str) -> str:
        content = self.lens.desk.objects.read(self.scene.tree, path)
        return (content or b"").decode("utf-8", "replace")

    def _tools(self) -> ReadingTools:
        desk = self.lens.desk
        return ReadingTools(
            self.scene.tree, desk.objects, desk.search, lambda: self.scene.green, desk.gateway
        )

    def _nonce(self) -> str:
        return digest(f"{self.scene.tree}\0{self.lens.name}".encode())[-16:]

    def _used(self) -> tuple[tuple[str, Json], ...]:
        return (("prompt_tokens", self.usage.prompt), ("completion_tokens", self.usage.completion))


def _numbered(text: str, changed: frozenset[int]) -> str:
    """The file with line numbers; changed lines are marked, where not all are under review."""
    lines = text.splitlines()
    return "\n".join(
        f"{number:5}{'+' if number in changed else ' '}{line}"
        for number, line in enumerate(lines, 1)
    )
