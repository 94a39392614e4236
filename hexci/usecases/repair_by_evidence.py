"""Trying patches with the evidence command itself: slow, but any runner and language will do."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.suspicion import Trace
from hexci.ports.executor import Behaviour, Bench, Trial
from hexci.ports.rooms import Room, Rooms
from hexci.ports.runner import EvidenceRunner


@dataclass(frozen=True, slots=True)
class EvidenceExecutor:
    """Rooms of its own, one for each patch that is tried at the same time."""

    rooms: Rooms
    runner: EvidenceRunner
    tree: str
    slots: int

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
                yield _EvidenceBench(spec, [room, *others], self.runner, red, threads)


class _EvidenceBench:
    def __init__(
        self,
        evidence: EvidenceSpec,
        rooms: Sequence[Room],
        runner: EvidenceRunner,
        red: EvidenceRun,
        threads: ThreadPoolExecutor,
    ) -> None:
        self._evidence = evidence
        self._free = list(rooms)
        self._runner = runner
        self._threads = threads
        self._failing = tuple(sorted(red.account.failed)) if red.account else ()
        self._originals: dict[str, bytes | None] = {}

    @property
    def failing(self) -> tuple[str, ...]:
        """Ids of the tests to turn green; empty when the runner names none."""
        return self._failing

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
        """Cannot: nothing is known of the calls inside."""
        return ()

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
