"""Trying patches with the evidence command itself: slow, but any runner and language will do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import repeat, zip_longest

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.repair.foreign.varied import varied
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.suspicion import Trace
from hexci.domain.test_files import is_test_file
from hexci.ports.executor import Behaviour, Bench, Trial
from hexci.ports.repo import Objects
from hexci.ports.rooms import Room, Rooms
from hexci.ports.runner import EvidenceRunner

_INPUTS = 12  # changed tests that said something, for one comparison
_SECONDS = 30.0  # of one comparison
_PASSING = re.compile(r"0x[0-9a-f]+|:\d+:\d+|\d+(\.\d+)?\s?m?s\b")  # differs from run to run


@dataclass(frozen=True, slots=True)
class EvidenceExecutor:
    """Rooms of its own, one for each patch that is tried at the same time."""

    rooms: Rooms
    runner: EvidenceRunner
    tree: str
    slots: int
    objects: Objects

    @contextmanager
    def open(
        self, evidence: EvidenceSpec, room: Room, red: EvidenceRun, *, seconds: float
    ) -> Iterator[Bench | None]:
        """A bench on clones of the base; `room` is not used but for the first."""
        with ExitStack() as stack:
            others = [
                stack.enter_context(self.rooms.clone(self.tree)) for _ in range(self.slots - 1)
            ]
            patient = min(evidence.timeout, max(5.0, red.seconds * 4 + 2), seconds)
            spec = EvidenceSpec(evidence.command, patient, evidence.report)
            with ThreadPoolExecutor(self.slots) as threads:
                tests = [path for path in self.objects.files(self.tree) if is_test_file(path)]
                yield _EvidenceBench(spec, [room, *others], self.runner, red, threads, tests)


class _EvidenceBench:
    def __init__(  # noqa: PLR0913, PLR0917
        self,
        evidence: EvidenceSpec,
        rooms: Sequence[Room],
        runner: EvidenceRunner,
        red: EvidenceRun,
        threads: ThreadPoolExecutor,
        tests: Sequence[str],
    ) -> None:
        self._evidence = evidence
        self._free = list(rooms)
        self._runner = runner
        self._threads = threads
        self._failing = tuple(sorted(red.account.failed)) if red.account else ()
        told = red.output
        told += "".join(test.id for test in red.account.tests) if red.account else ""
        self._tests = [p for p in tests if p in told or _file(p) in told] or list(tests)

    @property
    def failing(self) -> tuple[str, ...]:
        """Ids of the tests to turn green; empty when the runner names none."""
        return self._failing

    @property
    def flaky(self) -> tuple[str, ...]:
        """None: running all again to know would take as long as a search."""
        return ()

    @property
    def lost(self) -> bool:
        """Never: each patch has a process of its own."""
        return False

    def trace(self) -> Trace:
        """Nothing: what the failing run printed has to do."""
        return Trace(())

    def try_many(self, patches: Iterable[Patch], *, patience: float = 1.0) -> Iterator[Trial]:  # noqa: ARG002
        """One run a patch, failing tests first, in as many rooms as there are."""
        waiting = iter(patches)
        running: dict[Future[Trial], Room] = {}
        try:
            while True:
                while self._free and (patch := next(waiting, None)) is not None:
                    room = self._free.pop()
                    running[self._threads.submit(self._tried, patch, room)] = room
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=lambda f: -f.result().patch.score):
                    self._free.append(running.pop(future))
                    yield future.result()
        finally:
            wait(running)
            self._free += running.values()

    def compare(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:  # noqa: ARG002
        """Runs patches under tests with one literal changed; () when those say nothing.

        What a changed test reports (which tests fail, and with what message) is the answer. The
        calls inside are not known here, but a test's own values are the inputs of those calls.
        """
        found: list[list[str]] = []
        spent = 0.0
        for files in self._varied():
            if len(found) >= _INPUTS or spent > _SECONDS:
                break
            runs = list(self._threads.map(self._asked, patches, repeat(files)))
            spent += sum(run.seconds for run in runs) / len(self._free)
            if _says_something(runs):
                found.append([_answer(run) for run in runs])
                if len(set(found[-1])) > 1:
                    break  # one difference is enough to know that they differ
        if not found:
            return ()
        return [Behaviour(p, tuple(row[n] for row in found)) for n, p in enumerate(patches)]

    def _varied(self) -> Iterator[Mapping[str, bytes]]:
        room = self._free[0]
        streams = [
            [{path: new} for new in varied(data)]
            for path in self._tests
            if (data := room.read(path))
        ]
        for row in zip_longest(*streams):
            yield from (files for files in row if files)

    def _asked(self, patch: Patch, tests: Mapping[str, bytes]) -> EvidenceRun:
        room = self._free.pop()  # there are as many rooms as threads
        files = {**patch.files, **tests}
        before = {path: room.read(path) for path in files}
        room.write(files)
        try:
            return self._runner.run(self._evidence, room)
        finally:
            room.write(before)
            self._free.append(room)

    def _tried(self, patch: Patch, room: Room) -> Trial:
        before = {path: room.read(path) for path in patch.files}
        room.write(dict(patch.files))
        try:
            return self._judged(patch, room)
        finally:
            room.write(before)

    def _judged(self, patch: Patch, room: Room) -> Trial:
        if self._failing and self._runner.can_select(self._evidence):
            first = self._runner.run(self._evidence, room, only=self._failing)
            passed = _passed(first, self._failing)
            if not first.green or passed != frozenset(self._failing):
                return Trial(patch, passed, plausible=False, cut=first.timed_out)
        whole = self._runner.run(self._evidence, room)
        return Trial(patch, _passed(whole, self._failing), whole.green, cut=whole.timed_out)


def _passed(run: EvidenceRun, failing: Sequence[str]) -> frozenset[str]:
    return run.account.passed & frozenset(failing) if run.account else frozenset()


def _file(path: str) -> str:
    return path.rpartition("/")[2]


def _says_something(runs: Sequence[EvidenceRun]) -> bool:
    """Whether tests ran under every patch, and some noticed that their values were changed."""
    ran = all(run.account is not None and run.account.executed for run in runs)
    return ran and not any(run.timed_out for run in runs) and not all(run.green for run in runs)


def _answer(run: EvidenceRun) -> str:
    told = run.account.tests if run.account else ()
    return "\n".join(sorted(f"{t.id} {t.status} {_PASSING.sub('', t.message)}" for t in told))
