"""A program held in a fork server: patches tried by the hundred a second."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hexci.adapters.forkserver.channel import Channel, Message, ServerGoneError
from hexci.adapters.forkserver.jobs import Held, Way
from hexci.adapters.forkserver.known import KnownTests, Result, results_of
from hexci.adapters.forkserver.screening import Queue, Screening
from hexci.domain.evidence import EvidenceRun
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.proposal import Crash
from hexci.domain.repair.suspicion import Line, TestTrace, Trace
from hexci.ports.executor import Behaviour, Trial

_TRACE_SECONDS = 4.0
_PASSING_SECONDS = 4.0  # for measuring passing tests; those that are not reached are the gate's
_PROBE_SECONDS = 10.0
_GRACE = 10.0  # seconds for the last patches, beside what their tests take
_COLD = 20.0  # seconds more where everything is imported anew
_AGAIN = 4  # more runs of the failing tests, to see whether they fail every time
_QUICK = 0.2  # seconds; a slower test is believed the first time
_MOST_REMADE = 30  # files of which it is found out whether they can be made anew


@dataclass(frozen=True, slots=True)
class _Begun:
    """A child under way: what it tries, and in which way."""

    patches: Sequence[Patch]
    way: Way


class ForkBench:
    """Talks to one warm and one cold server."""

    def __init__(self, channel: Channel, hello: Message, red: EvidenceRun, *, slots: int) -> None:
        self._channel = channel
        self._slots = slots
        self._known = KnownTests(hello["tests"], red.account)
        self._held = Held(hello, self._known)
        self._screening = Screening((), {})
        self._lost = False

    @property
    def failing(self) -> tuple[str, ...]:
        """Ids of the tests to turn green, cheapest first."""
        return tuple(self._known.failing)

    @property
    def flaky(self) -> tuple[str, ...]:
        """Tests that failed in the red run and passed here."""
        return self._known.flaky

    @property
    def lost(self) -> bool:
        """Whether the server ended before it was told to."""
        return self._lost

    def measure(self, seconds: float) -> None:
        """Runs the unpatched program: which tests fail here too, and how long each takes."""
        known = self._known
        processor: dict[str, float] = {}
        again = [t for t in known.failing if t not in known.endless]
        results = self._unpatched(again, seconds, processor)
        for _ in range(_AGAIN):  # quick ones only: a test that fails by chance passes by chance
            quick = [t for t in again if t in results and results[t][1] < _QUICK]
            once_more = self._unpatched(quick, seconds / 4, {})
            results.update({t: r for t, r in once_more.items() if r[0]})
        if not known.passing:  # without an account nobody has said yet which ones pass
            known.passing = [t for t in known.all if results.get(t, (False, 0.0))[0]]
        passing = self._near_first()
        passed = self._unpatched(passing, min(seconds, _PASSING_SECONDS), processor)
        known.settle(results, passed)
        known.note_processor(processor)

    def trace(self) -> Trace:
        """One traced run; passing tests that share a file with failing ones come first."""
        known = self._known
        then = self._near_first()
        job = {"do": "trace", "first": known.failing[:20], "then": then, "seconds": _TRACE_SECONDS}
        wall = _TRACE_SECONDS * 3 + 20 + 3 * known.expected(known.failing[:20])
        said = self._one_by_one({**job, **known.limits(1.0, [*known.failing, *then])}, wall)
        shared: dict[Line, Line] = {}
        tests = tuple(_traced(s, shared) for s in said if "lines" in s)
        known.note_lines({t.id: t.lines for t in tests if not t.failed})
        self._find_remakable({path for t in tests if t.failed for path, _ in t.lines})
        crashes = tuple(_crash(s["test"], s["crash"]) for s in said if s.get("crash"))
        types: dict[Line, dict[str, frozenset[str]]] = {}
        for s in said:
            for path, line, name, seen in s.get("types", ()):
                types.setdefault((path, line), {})[name] = frozenset(seen)
        return Trace(tests, crashes, types)

    def try_many(self, patches: Iterable[Patch], *, patience: float = 1.0) -> Iterator[Trial]:
        """Tries patches as they are pulled, as many at once as there are processors."""
        try:
            yield from self._tried(patches, patience)
        except ServerGoneError:
            self._lost = True  # what was tried is tried

    def compare(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        """Runs patches on inputs mutated from the tests' calls; () when there are no calls."""
        try:
            return self._compared(patches, seed)
        except ServerGoneError:
            self._lost = True
            return ()

    def _tried(self, patches: Iterable[Patch], patience: float) -> Iterator[Trial]:
        self._screening.failing = self._known.failing
        self._screening.seconds = self._known.seconds
        queue = Queue(iter(patches), self._held.is_live)
        running: dict[int, _Begun] = {}
        most = self._slots * self._known.waiting
        try:
            busy_at = time.monotonic()
            grace = _GRACE + 4 * self._known.expected(self._known.failing)
            while True:
                while len(running) < most and (group := queue.take(self._screening.width)):
                    number, begun = self._begun(group, patience)
                    running[number] = begun
                if len(running) >= most:
                    busy_at = time.monotonic()
                if not running or time.monotonic() > busy_at + grace:
                    return  # nothing is left to begin, and the last ones have had their time
                for reply in self._channel.replies(1.0):
                    child = running.pop(reply.job, None)
                    if child is None:
                        continue
                    if child.way is Way.SCREEN:
                        found = self._screening.read(reply, child.patches)
                        queue.put_back(alone=found.alone, again=found.again)
                        yield from found.trials
                        continue
                    patch = child.patches[0]
                    trial = self._known.judged(patch, reply)
                    further = self._held.further(patch, child.way, reply, trial)
                    if further is None:
                        yield trial
                    else:
                        number = self._start(patch, further, patience)
                        running[number] = _Begun([patch], further)
                        # what has passed so far is not given up for want of a little time
                        busy_at = time.monotonic() + (_COLD if further is Way.COLD else 0.0)
        finally:
            if running:
                self._channel.give_up()

    def _begun(self, group: Sequence[Patch], patience: float) -> tuple[int, _Begun]:
        if len(group) > 1:
            return self._screen(group, patience), _Begun(group, Way.SCREEN)
        way = self._held.first_way(group[0])
        return self._start(group[0], way, patience), _Begun(group, way)

    def _screen(self, patches: Sequence[Patch], patience: float) -> int:
        job = self._held.screen_job(patches, self._screening.tests, patience)
        return self._channel.start("warm", job)

    def _start(self, patch: Patch, way: Way, patience: float) -> int:
        role = "cold" if way is Way.COLD else "warm"
        return self._channel.start(role, self._held.job(patch, way, patience))

    def _compared(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        job = self._held.probe_job(patches, seed, _PROBE_SECONDS)
        said = self._one_by_one(job, _PROBE_SECONDS * 2)
        inputs = next((tuple(s["inputs"]) for s in said if "inputs" in s), ())
        answers = {s["patch"]: tuple(s["answers"]) for s in said if s.get("patch", -1) >= 0}
        if not inputs or len(answers) != len(patches):
            return ()
        kinds = {s["patch"]: set(s["kinds"]) for s in said if "kinds" in s}
        usual = kinds.get(-1, set())
        return [
            Behaviour(patch, answers[n], bool(usual) and not kinds[n] <= usual, inputs)
            for n, patch in enumerate(patches)
        ]

    def _unpatched(
        self, tests: Sequence[str], seconds: float, processor: dict[str, float]
    ) -> dict[str, Result]:
        """(passed, seconds) by test. A test that kills its child counts as failed, and is slow.

        `processor` is given seconds of processor time by test.
        """
        results: dict[str, Result] = {}
        ends = time.monotonic() + seconds
        left = list(tests)
        while left and time.monotonic() < ends:
            job = {"do": "try", "first": [], "then": left, "all": True, "probe": 0}
            said = self._one_by_one({**job, **self._known.first_limits}, ends - time.monotonic())
            results.update(results_of(said))
            processor.update({s["test"]: s["processor"] for s in said if "test" in s})
            rest = [t for t in left if t not in results]
            if rest:
                # the child died in the first test that it did not tell of: how long it takes
                # when it is right is not known
                results[rest[0]] = (False, 0.0)
                rest = rest[1:]
            left = rest
        return results

    def _find_remakable(self, ran: set[str]) -> None:
        """Which files can be run anew in their modules without changing what tests say."""
        paths = self._held.remade_first(ran)[:_MOST_REMADE]
        ends = time.monotonic() + _TRACE_SECONDS / 2
        for path in paths:
            if time.monotonic() > ends:
                return
            job = self._held.remake_job(path)
            if job is not None:
                self._held.note_remade(path, self._one_by_one(job, 5.0))

    def _near_first(self) -> list[str]:
        near = {test.partition("::")[0] for test in self._known.failing}
        return sorted(self._known.passing, key=lambda t: t.partition("::")[0] not in near)

    def _one_by_one(self, job: Mapping[str, object], wall: float) -> tuple[Message, ...]:
        number = self._channel.start("warm", {**job, "wall": max(0.1, wall)})
        ends = time.monotonic() + wall + 10.0
        while time.monotonic() < ends:
            for reply in self._channel.replies(1.0):
                if reply.job == number:
                    return reply.said
        raise ServerGoneError("the test server does not answer")


def _traced(said: Mapping[str, Any], shared: dict[Line, Line]) -> TestTrace:
    """`shared` keeps one object a line: thousands of tests run the same ones."""
    lines = (
        shared.setdefault(line, line)
        for path, numbers in said["lines"].items()
        for line in ((path, n) for n in numbers)
    )
    return TestTrace(said["test"], not said["passed"], frozenset(lines))


def _crash(test: str, said: Mapping[str, Any]) -> Crash:
    left, right = said.get("shown") or (None, None)
    frames = tuple((path, line) for path, line in said["frames"])
    shown = (left, right) if left is not None and right is not None else None
    return Crash(test, said["kind"], said["message"], frames, shown)
