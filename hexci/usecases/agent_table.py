"""What an agent works with: the tools over the base, its proposals, and when to stop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hexci.domain.agent.circles import UNDONE, Edit, Files, edit_of, undone
from hexci.domain.agent.conversation import Message, ToolCall
from hexci.domain.agent.edits import proposal
from hexci.domain.agent.places import Place
from hexci.domain.agent.prompt import Known, fenced, repository_facts, task_message
from hexci.domain.agent.steady import steady
from hexci.domain.agent.tools import NAMES
from hexci.domain.canonical import Json, digest, plain
from hexci.domain.evidence import EvidenceRun
from hexci.domain.law.limits import Amounts
from hexci.domain.outcome import Outcome, best_of
from hexci.domain.test_files import is_test_file
from hexci.errors import BudgetError, DeniedError
from hexci.ports.candidate import Assignment
from hexci.ports.gateway import Gateway
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects, Search
from hexci.ports.runner import EvidenceRunner
from hexci.usecases.agent_context import CodeInSight
from hexci.usecases.agent_tools import ReadingTools

# Calls in a row that bring nothing new before the work ends.
_IDLE = 3
_FEEDBACK = 4_000


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be known beforehand.

    `ran` gives the lines behind the failure, worst first; `cards` the recorded decisions that
    govern paths, as text of the repository.
    """

    ran: Callable[[Assignment], Sequence[Place]] = lambda _: ()
    cards: Callable[[Sequence[str]], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports that every agent's tools need; `gateway` is the law for this agent."""

    objects: Objects
    search: Search
    runner: EvidenceRunner
    gateway: Gateway
    sight: Sight = field(default=Sight())


@dataclass(slots=True)
class WorkTable:
    """One agent's turn. `over` is set when it has ended; `said` tells why, for later candidates.

    Every proposal is made over the base tree: a refused one is taken back as a whole. An agent
    goes in circles when it proposes a tree twice, or goes back to the proposal before the last.
    """

    desk: Desk
    given: Assignment
    progress: Progress
    transcript: list[dict[str, Json]] = field(default_factory=list)
    reached: list[Outcome] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    trees: set[str] = field(default_factory=set)
    edits: list[Edit] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    idle: int = 0
    over: Outcome | None = None

    def answer(self, call: ToolCall) -> str:
        """The answer to one call of a tool; problems are answers too."""
        if self.over is not None:
            return "not looked at: the run is over"
        text = self._lawfully(call)
        self.stop_when_idle()
        return text

    def _lawfully(self, call: ToolCall) -> str:
        """The answer, if this agent may use the tool and what it names."""
        try:
            return self.desk.gateway.perform(
                "tool", call.name, lambda: self._answer(call), worst=Amounts(tool_calls=1)
            )
        except DeniedError as error:
            self.idle += 1
            self.transcript.append({"denied": error.message})
            if call.name not in NAMES:
                tools = ", ".join(sorted(NAMES))
                return f"denied: there is no tool {call.name!r} here; there are: {tools}"
            return f"denied: {error.message}"
        except BudgetError as error:
            self.over = Outcome.BUDGET
            self.said.append(str(error))
            return f"not looked at: {error.message}"

    def stop_when_idle(self) -> None:
        """Ends the work after too many calls in a row that brought nothing."""
        if self.idle >= _IDLE and self.over is None:
            self.over = best_of(self.reached)
            self.said.append(f"{_IDLE} turns in a row brought nothing new")

    @property
    def outcome(self) -> Outcome:
        """How the work ended, or how near the best proposal came."""
        return self.over or best_of(self.reached)

    def task(self) -> Message:
        """The first message: task, evidence, code in sight, what others tried."""
        plan, desk = self.given.plan, self.desk
        ran = desk.sight.ran(self.given)
        files = CodeInSight(desk.objects, desk.search).files(plan, self.given.red, ran)
        message = task_message(
            plan,
            self.given.red,
            Known(
                facts=repository_facts(desk.objects.files(plan.base_tree)),
                files=files,
                decisions=desk.sight.cards([path for path, _ in files if not is_test_file(path)]),
                failures=self.given.failures,
            ),
            self._nonce(),
        )
        return replace(message, text=self._steady(message.text))

    def _answer(self, call: ToolCall) -> str:
        if call.problem:
            self.idle += 1
            return f"the call of {call.name} could not be read: {call.problem}"
        if call.name == "give_up":
            self.said.append(f"gave up: {call.arguments.get('reason')}")
            self.over = best_of(self.reached)
            return "noted"
        if call.name == "propose_edit":
            return self._propose(call)
        return self._look(call)

    def _look(self, call: ToolCall) -> str:
        key = f"{call.name} {plain(dict(call.arguments))}"
        if key in self.asked:
            self.idle += 1
            return "you asked this before; the answer is above and has not changed"
        self.asked.add(key)
        self.idle = 0
        tools = ReadingTools(
            self.given.plan.base_tree,
            self.desk.objects,
            self.desk.search,
            self._evidence,
            self.desk.gateway,
        )
        return fenced(tools.answer(call.name, call.arguments), self._nonce())

    def _propose(self, call: ToolCall) -> str:
        base, objects = self.given.plan.base_tree, self.desk.objects
        made = proposal(call.arguments, lambda path: objects.read(base, path))
        if made.problem:
            self.idle += 1
            return f"REFUSED, nothing was changed: {made.problem}"
        for path in made.files:
            self.desk.gateway.require("fs.write", path)
        tree = objects.overlay(base, made.files)
        if tree in self.trees:
            self.over = Outcome.FLAPPING
            self.said.append("proposed the same change twice")
            return "REFUSED: this very change was judged before"
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
            self.said.insert(0, f"proposal {len(self.reached)} was accepted")
            return "accepted: the task is done; call no more tools"
        self.said.append(f"{paths}: {verdict.outcome}: {verdict.reason}")
        self._stop_in_circles({path: objects.read(base, path) for path in made.files}, made.files)
        said = "\n".join((*made.notes, verdict.reason, verdict.feedback))[:_FEEDBACK]
        refusal = f"REFUSED ({verdict.outcome}); everything was taken back.\n"
        return refusal + fenced(self._steady(said), self._nonce())

    def _stop_in_circles(self, before: Files, after: Files) -> None:
        """Ends the work when a change, judged and refused, takes the last one back."""
        self.edits.append(edit_of(before, after))
        share = undone(*self.edits[-3:]) if len(self.edits) > 2 else 0.0
        if share > UNDONE:
            self.over = Outcome.FLAPPING
            self.said.append(f"went back to an earlier change: {share:.0%} of the last was undone")

    def _evidence(self) -> EvidenceRun:
        # the room is never edited in place, so what was red at the start is what is red now
        given = self.given
        return given.red or self.desk.runner.run(given.plan.evidence, given.room)

    def _steady(self, text: str) -> str:
        return steady(text, self.desk.objects.files(self.given.plan.base_tree).keys())

    def _nonce(self) -> str:
        # no text of the repository can contain it, as it depends on every byte of that text;
        # the same task on the same tree has the same, for caches and cassettes
        plan = self.given.plan
        return digest(f"{plan.base_tree}\0{plan.task}".encode())[-16:]
