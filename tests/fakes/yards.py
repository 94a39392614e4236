"""A whole build in memory: trees in dictionaries, a company of agents, records that can die."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fakes.models import EVERYTHING, metered
from fakes.plans import plan_for
from fakes.ports import FakeClock, FakeCommits, FakeProgress, FakeRecords, FakeRoom

from hexci.adapters.models.remembering import Remembering
from hexci.domain.agent.conversation import Reply, Request, ToolCall, Usage
from hexci.domain.building.cast import Cast, cast_of
from hexci.domain.building.frozen import Frozen
from hexci.domain.building.order import BuildOrder
from hexci.domain.change import Change, ChangeKind, FileChange
from hexci.domain.debate.log import MESSAGES, read_log
from hexci.domain.debate.roles import Role
from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.law.limits import Ceiling
from hexci.domain.outcome import Outcome
from hexci.domain.run_result import RunResult
from hexci.domain.stored_run import closed
from hexci.domain.verdict import Verdict
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.progress import Progress
from hexci.ports.records import Landing
from hexci.ports.rooms import Room
from hexci.ports.signing import KeyPair
from hexci.usecases.agent_tools import ReadingTools
from hexci.usecases.building.ask_role import Seat, Tally
from hexci.usecases.building.build import Site, build
from hexci.usecases.building.review_built import Reviewer
from hexci.usecases.building.workshop import Workshop
from hexci.usecases.building.write_code import Builders
from hexci.usecases.enforce_law import root_gateway
from hexci.usecases.hold_debate import Debate
from hexci.usecases.record_run import Recorder
from hexci.usecases.run_shelf import RunShelf

RUN = "20260102T030405Z-yard"
TEST = "from kit import good\nassert good\n"


class KilledError(BaseException):
    """The process is gone."""


class Trees:
    """Trees by the JSON of their files."""

    def files(self, tree: str) -> Mapping[str, str]:
        return dict.fromkeys(json.loads(tree), "100644")

    def read(self, tree: str, path: str) -> bytes | None:
        text = json.loads(tree).get(path)
        return None if text is None else text.encode()

    def overlay(self, tree: str, files: Mapping[str, bytes | None]) -> str:
        now = {**json.loads(tree), **{p: c and c.decode() for p, c in files.items()}}
        return word({p: c.encode() for p, c in now.items() if c is not None})

    def change(self, base_tree: str, tree: str) -> Change:
        old, new = json.loads(base_tree), json.loads(tree)
        files = [
            FileChange(
                path, ChangeKind.MODIFIED if path in old else ChangeKind.ADDED, "", "100644",
                None, new[path].encode(),
            )
            for path in sorted(new) if new[path] != old.get(path)
        ]  # fmt: skip
        return Change(base_tree, tree, tuple(files), f"{base_tree} -> {tree}\n".encode())

    def search(self, *_: object) -> Sequence[str]:
        return ()

    def resolve(self, ref: str) -> str:
        return ref

    def tree_of(self, commit: str) -> str:
        return commit

    def restore(self, tree: str, *_: object) -> str:
        return tree


def word(files: Mapping[str, bytes]) -> str:
    return json.dumps({path: content.decode() for path, content in files.items()}, sort_keys=True)


class YardRoom(FakeRoom):
    """A room whose snapshot is a tree of these."""

    def snapshot(self) -> str:
        return word(self.files)


class YardRooms:
    """Rooms at their tree."""

    @contextmanager
    def clone(self, tree: str) -> Iterator[YardRoom]:
        yield YardRoom({path: text.encode() for path, text in json.loads(tree).items()})


class Gate:
    """Green when the code is good, and where nothing tests it."""

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        assert isinstance(room, YardRoom)
        tested = any(path.startswith("tests/") and b"good" in c for path, c in room.files.items())
        green = not tested or b"good = True" in room.files.get("kit.py", b"")
        return EvidenceRun(0 if green else 1, "", 0.1, "none")

    def can_select(self, evidence: EvidenceSpec) -> bool:
        return True


class MortalRecords(FakeRecords):
    """The process dies right after the step number `last`, and everything after it fails."""

    def __init__(self, last: int = 10_000) -> None:
        super().__init__()
        self.last = last
        self.steps = 0

    def step(
        self,
        run: str,
        files: Mapping[str, bytes],
        subject: str,
        landing: Landing | None = None,
        *,
        after: str = "",
    ) -> None:
        if self.steps >= self.last:
            raise KilledError
        super().step(run, files, subject, landing, after=after)
        self.steps += 1
        if self.steps == self.last:
            raise KilledError

    @property
    def dead(self) -> bool:
        return self.steps >= self.last


class CompanyModel:
    """Answers by the tool that it is offered; counts what it was paid for."""

    def __init__(self, answers: Mapping[str, Any], name: str = "openai/scripted") -> None:
        self.answers = answers
        self.name = name
        self.asked: list[str] = []

    def complete(self, request: Request) -> Reply:
        tool = next(t.name for t in request.tools if t.name in self.answers)
        self.asked.append(tool)
        given = self.answers[tool]
        answer = given(request) if callable(given) else given
        return Reply("", (ToolCall("1", tool, answer),), Usage(100, 10))


ANSWERS: dict[str, Any] = {
    "submit_design": {"design": "One module."},
    "submit_critique": {"objections": ["it may be bad"]},
    "submit_specification": {"specification": "kit.good is True"},
    "vote": {"approve": True, "objections": []},
    "write_tests": {"edits": [{"path": "tests/test_kit.py", "content": TEST}]},
}


class Coder:
    """A candidate that writes what it is told to, and hears what the gate says."""

    def __init__(self, *texts: bytes) -> None:
        self.name = "openai/scripted"
        self.texts = texts or (b"good = True\n",)
        self.tasks: list[str] = []

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        self.tasks.append(given.plan.task)
        verdict = None
        for text in self.texts:
            given.room.write({"kit.py": text})
            verdict = given.judge(given.room.snapshot())
        assert verdict is not None
        return Attempt(verdict.outcome, summary=verdict.reason)


class NoKeys:
    """A machine that cannot sign."""

    def pair_for(self, role: str) -> KeyPair | None:
        return None


class Yard:
    """One build, and what is left of it; `again` takes it up after it was killed."""

    def __init__(
        self,
        records: MortalRecords | None = None,
        *,
        answers: Mapping[str, Any] | None = None,
        coder: Coder | None = None,
        review: Reviewer | None = None,
        order: BuildOrder | None = None,
        models: Sequence[str] = ("openai/scripted",),
    ) -> None:
        self.records = records or MortalRecords()
        self.model = CompanyModel({**ANSWERS, **(answers or {})})
        self.coder = coder or Coder()
        self.review = review
        self.order = order or BuildOrder("a good kit", ".", 2)
        self.models = models
        self.trees = Trees()
        self.tally = Tally()
        self.commits = FakeCommits()
        tree = word({"README.md": b"A kit.\n"})
        self.plan = replace(plan_for(self.order.challenge), base_tree=tree)

    def build(self) -> RunResult:
        recorder = self._recorder()
        recorder.begin(self.plan)
        return self._run(recorder, {})

    def again(self) -> RunResult:
        """Swept as lost, then taken up by a process that lives."""
        left = self.records.load(RUN)
        assert left is not None
        self.records.last = 10_000
        if not self.records.subjects[RUN][-1].startswith("end "):
            self.records.step(RUN, closed(left.files, "2026-01-02T03:04:06Z", "lost"), "end lost")
        stored = self.records.load(RUN)
        assert stored is not None
        recorder = self._recorder()
        recorder.take_up(stored, self.plan)
        return self._run(recorder, stored.files)

    def _recorder(self) -> Recorder:
        return Recorder(RUN, records=self.records, clock=FakeClock(), owner={"pid": 1})

    def _run(self, recorder: Recorder, before: Mapping[str, bytes]) -> RunResult:
        cast = cast_of(self.order, self.models, ["openai/scripted"])
        shelf = RunShelf(recorder, before)
        clock = FakeClock()
        debate = Debate(
            clock=clock, keyring=NoKeys(), keep=lambda text: recorder.put(MESSAGES, text),
            log=read_log(before.get(MESSAGES, b"")),
        )  # fmt: skip
        shop = Workshop(
            self.order, self.plan, cast, debate, recorder, self._seats(shelf), self.trees,
            YardRooms(), Gate(), clock, FakeProgress(), 1e9, "", "n", self.tally,
        )  # fmt: skip
        return build(shop, self._site(cast))

    def _seats(self, shelf: RunShelf) -> Callable[[Role], Seat]:
        law = root_gateway(EVERYTHING, Ceiling(), lambda _: None)
        tools = ReadingTools(self.plan.base_tree, self.trees, self.trees, _never, law)

        def seat(role: Role) -> Seat:
            model = metered(Remembering(_Mortal(self), shelf, role.name))
            return Seat(
                role.name, model, tools, law, FakeClock(), FakeProgress(), 1e9, "n", self.tally
            )

        return seat

    def _site(self, cast: Cast) -> Site:
        def court(_: Frozen) -> Callable[[str], Verdict]:
            return self.judge

        builders = Builders([(role, self.coder) for role in cast.builders], court)
        return Site(builders, self.commits, review=self.review)

    def judge(self, tree: str) -> Verdict:
        """The gate on a tree."""
        with YardRooms().clone(tree) as room:
            run = Gate().run(self.plan.evidence, room)
        outcome = Outcome.OK if run.green else Outcome.EVIDENCE_FAILED
        return Verdict(outcome, tree, (), green=run)


class _Mortal:
    """The company's model, which a dead process cannot ask."""

    def __init__(self, yard: Yard) -> None:
        self._yard = yard
        self.name = yard.model.name

    def complete(self, request: Request) -> Reply:
        if self._yard.records.dead:
            raise KilledError
        return self._yard.model.complete(request)


def _never() -> EvidenceRun:
    raise AssertionError
