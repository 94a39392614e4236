"""A program held in a fork server: patches tried by the hundred a second."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hexci.adapters.forkserver.channel import Channel, Message, Reply, ServerGoneError
from hexci.adapters.forkserver.naming import dotted, matching
from hexci.adapters.forkserver.screening import Queue, Screening
from hexci.domain.evidence import EvidenceRun
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.proposal import Crash
from hexci.domain.repair.suspicion import Line, TestTrace, Trace
from hexci.domain.repair.unit import CompiledUnit
from hexci.domain.test_files import is_test_file
from hexci.ports.executor import Behaviour, Trial

_PROBE = 4  # failing tests run after one failed, to see partial fixes
_LEAST = 0.06  # seconds of processor time any test may use
_SLACK = 5.0  # times what the test took unpatched
_TRACE_SECONDS = 4.0
_UNKNOWN_TEST = 1.5  # seconds of processor time for a test of which nothing is known
_INPUTS = 60  # made up for one comparison
_PROBE_SECONDS = 10.0
_AGAIN = 4  # more runs of the failing tests, to see whether they fail every time
_QUICK = 0.2  # seconds; a slower test is believed the first time
_UNTRACED = 100  # passing tests tried though it is not known what they run


class ForkBench:
    """Talks to one warm and one cold server."""

    def __init__(self, channel: Channel, hello: Message, red: EvidenceRun, *, slots: int) -> None:
        self._channel = channel
        self._slots = slots
        self._tests: list[str] = list(hello["tests"])
        self._live = {(path, line, name) for path, line, name in hello["live"]}
        self._loaded = set(hello["loaded"])
        account = red.account
        self._failing = matching(sorted(account.failed), self._tests) if account else self._tests
        self._passing = matching(sorted(account.passed), self._tests) if account else []
        order = {test: at for at, test in enumerate(self._tests)}
        self._passing.sort(key=order.__getitem__)
        self._seconds: dict[str, float] = {}
        # a slow suite's own account says how long a test may take; twice that is enough
        by_name = {dotted(t.id): t.seconds for t in account.tests} if account else {}
        slow = {t: by_name.get(dotted(t), 0.0) * 2 for t in self._tests}
        self._told_seconds = {t: s for t, s in slow.items() if s > _UNKNOWN_TEST}
        self._ran: dict[str, frozenset[Line]] = {}
        self._killers: Counter[str] = Counter()
        self._screening = Screening((), {})
        self._flaky: tuple[str, ...] = ()
        self._lost = False

    @property
    def failing(self) -> tuple[str, ...]:
        """Ids of the tests to turn green, cheapest first."""
        return tuple(self._failing)

    @property
    def flaky(self) -> tuple[str, ...]:
        """Tests that failed in the red run and passed here."""
        return self._flaky

    @property
    def lost(self) -> bool:
        """Whether the server ended before it was told to."""
        return self._lost

    def measure(self, seconds: float) -> None:
        """Runs the unpatched program: which tests fail here too, and how long each takes."""
        results = self._unpatched(self._failing, seconds)
        again = list(self._failing)
        for _ in range(_AGAIN):  # quick ones only: a test that fails by chance passes by chance
            quick = [t for t in again if t in results and results[t][1] < _QUICK]
            once_more = self._unpatched(quick, seconds / 4)
            results.update({t: r for t, r in once_more.items() if r[0]})
        self._flaky = tuple(t for t in self._failing if results.get(t, (False, 0.0))[0])
        self._failing = [t for t in self._failing if t not in self._flaky]
        self._failing.sort(key=lambda t: (results.get(t, (False, 9e9))[1], t))
        if not self._passing:  # without an account nobody has said yet which ones pass
            self._passing = [t for t in self._tests if results.get(t, (False, 0.0))[0]]
        passed = self._unpatched(self._passing, seconds)
        # a test that was not reached, or fails here, tells nothing about a patch
        self._passing = [t for t in self._passing if passed.get(t, (False, 0.0))[0]]
        self._seconds = {t: s for t, (_, s) in {**results, **passed}.items()}

    def trace(self) -> Trace:
        """One traced run; passing tests that share a file with failing ones come first."""
        near = {test.partition("::")[0] for test in self._failing}
        then = sorted(self._passing, key=lambda t: t.partition("::")[0] not in near)
        job = {"do": "trace", "first": self._failing[:20], "then": then, "seconds": _TRACE_SECONDS}
        said = self._one_by_one(
            {**job, **self._limits(1.0, [*self._failing, *then])}, _TRACE_SECONDS * 3 + 20
        )
        tests = tuple(_traced(s) for s in said if "lines" in s)
        self._ran = {t.id: t.lines for t in tests if not t.failed}
        crashes = tuple(
            Crash(s["test"], c["kind"], c["message"], tuple((p, n) for p, n in c["frames"]))
            for s in said
            if (c := s.get("crash"))
        )
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

    def _tried(self, patches: Iterable[Patch], patience: float) -> Iterator[Trial]:
        self._screening.failing, self._screening.seconds = self._failing, self._seconds
        queue = Queue(iter(patches), self._is_warm)
        running: dict[int, tuple[list[Patch], bool, bool]] = {}  # patches, cold, screened
        try:
            while True:
                while len(running) < self._slots and (group := queue.take(self._screening.width)):
                    job = self._begun(group, patience)
                    running[job[0]] = (group, *job[1:])
                if not running:
                    return
                for reply in self._channel.replies(1.0):
                    if reply.job not in running:
                        continue
                    tried, cold, screened = running.pop(reply.job)
                    if screened:
                        found = self._screening.read(reply, tried)
                        queue.put_back(alone=found.alone, again=found.again)
                        yield from found.trials
                    elif not cold and any("unswappable" in s for s in reply.said):
                        running[self._start(tried[0], patience, cold=True)] = (tried, True, False)
                    else:
                        yield self._judged(tried[0], reply)
        finally:
            if running:
                self._channel.give_up()

    def _begun(self, group: Sequence[Patch], patience: float) -> tuple[int, bool, bool]:
        """Starts a child; its job's number, whether it is a cold one, whether it screens."""
        if len(group) > 1:
            return self._screen(group, patience), False, True
        cold = not self._is_warm(group[0])
        return self._start(group[0], patience, cold=cold), cold, False

    def _screen(self, patches: Sequence[Patch], patience: float) -> int:
        tests = list(self._screening.tests)
        good = min(self._passing, key=lambda t: self._seconds.get(t, 9.0), default=None)
        expected = sum(self._seconds.get(t, 0.1) for t in tests) * len(patches)
        job: dict[str, Any] = {
            "do": "screen",
            "first": tests,
            "good": good,
            "patches": [[_told(unit) for unit in patch.units or ()] for patch in patches],
            "wall": (6.0 + 4 * expected) * patience,
            **self._limits(patience, [*tests, *([good] if good else [])]),
        }
        return self._channel.start("warm", job)

    def compare(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        """Runs patches on inputs mutated from the tests' calls; () when there are no calls."""
        try:
            return self._compared(patches, seed)
        except ServerGoneError:
            self._lost = True
            return ()

    def _compared(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        told = [
            {"units": [_told(unit) for unit in patch.units]}
            if patch.units and self._is_warm(patch)
            else {"files": {p: data.decode("latin-1") for p, data in patch.files.items()}}
            for patch in patches
        ]
        focus = sorted({(u.path, u.line, u.name) for p in patches for u in p.units or ()})
        whole = {path for p in patches if not p.units for path in p.files}
        patched = [*focus, *sorted(key for key in self._live if key[0] in whole)]
        near = list(dict.fromkeys(t for patch in patches for t in self._concerned(patch)))
        job: dict[str, Any] = {
            "do": "probe",
            "first": self._failing[:20],
            "then": near[:200],
            "patches": told,
            "patched": patched,
            "focus": focus,
            "test_files": [path for path in self._loaded if is_test_file(path)],
            "inputs": _INPUTS,
            "each": _LEAST * 3,
            "seed": seed,
            "seconds": _PROBE_SECONDS,
            **self._limits(1.0, [*self._failing, *near]),
        }
        said = self._one_by_one(job, _PROBE_SECONDS * 2)
        inputs = max((s["inputs"] for s in said if "inputs" in s), default=0)
        answers = {s["patch"]: tuple(s["answers"]) for s in said if s.get("patch", -1) >= 0}
        if not inputs or len(answers) != len(patches):
            return ()
        kinds = {s["patch"]: set(s["kinds"]) for s in said if "kinds" in s}
        usual = kinds.get(-1, set())
        return [
            Behaviour(patch, answers[n], bool(usual) and not kinds[n] <= usual)
            for n, patch in enumerate(patches)
        ]

    def _unpatched(self, tests: Sequence[str], seconds: float) -> dict[str, tuple[bool, float]]:
        """(passed, seconds) by test. A test that kills its child counts as failed, and is slow."""
        results: dict[str, tuple[bool, float]] = {}
        ends = time.monotonic() + seconds
        left = list(tests)
        while left and time.monotonic() < ends:
            job = {"do": "try", "first": [], "then": left, "all": True, "probe": 0}
            limits = {"limits": self._told_seconds, "limit": _UNKNOWN_TEST}
            said = self._one_by_one({**job, **limits}, ends - time.monotonic())
            for s in (s for s in said if "test" in s):
                results[s["test"]] = (s["passed"], s["seconds"])
            rest = [t for t in left if t not in results]
            if rest:
                # the child died in the first test that it did not tell of: how long it takes
                # when it is right is not known
                results[rest[0]] = (False, 0.0)
                rest = rest[1:]
            left = rest
        return results

    def _one_by_one(self, job: Mapping[str, object], wall: float) -> tuple[Message, ...]:
        number = self._channel.start("warm", {**job, "wall": max(0.1, wall)})
        ends = time.monotonic() + wall + 10.0
        while time.monotonic() < ends:
            for reply in self._channel.replies(1.0):
                if reply.job == number:
                    return reply.said
        raise ServerGoneError("the test server does not answer")

    def _is_warm(self, patch: Patch) -> bool:
        if patch.units is None:
            return not any(path in self._loaded for path in patch.files)
        return all((u.path, u.line, u.name) in self._live for u in patch.units) or not any(
            path in self._loaded for path in patch.files
        )

    def _start(self, patch: Patch, patience: float, *, cold: bool) -> int:
        then = self._concerned(patch)
        expected = sum(self._seconds.get(t, 0.1) for t in (*self._failing, *then))
        job: dict[str, Any] = {
            "do": "try",
            "first": self._failing,
            "then": then,
            "probe": _PROBE,
            "wall": (4.0 + 4 * expected) * patience,
            **self._limits(patience, [*self._failing, *then]),
        }
        live = patch.units is not None and not cold
        if live and patch.units and (patch.units[0].path in self._loaded):
            job["units"] = [_told(unit) for unit in patch.units]
        else:
            job["files"] = {p: data.decode("latin-1") for p, data in patch.files.items()}
        if not cold:
            return self._channel.start("warm", job)
        job["collect"] = [*self._failing, *then]
        job["wall"] = job["wall"] + 20.0
        return self._channel.start("cold", job)

    def _limits(self, patience: float, tests: Sequence[str]) -> dict[str, object]:
        known = {
            t: round((_LEAST + _SLACK * self._seconds[t]) * patience, 3)
            for t in tests
            if t in self._seconds
        }
        return {"limits": known, "limit": 3 * _LEAST * patience}

    def _concerned(self, patch: Patch) -> list[str]:
        """Passing tests that run what the patch changes, those that refused most patches first."""
        spots = [(u.path, u.line, u.last) for u in patch.units or ()]
        if not spots:
            tests = [t for t in self._passing if self._touches(t, list(patch.files))]
        else:
            tests = [t for t in self._passing if self._runs(t, spots)]
        untraced = [t for t in self._passing if t not in self._ran][:_UNTRACED]
        return sorted((*tests, *untraced), key=lambda t: -self._killers[t])

    def _runs(self, test: str, spots: Sequence[tuple[str, int, int]]) -> bool:
        return any(
            path == spot and first <= line <= last
            for path, line in self._ran.get(test, ())
            for spot, first, last in spots
        )

    def _touches(self, test: str, files: Sequence[str]) -> bool:
        return any(path in files for path, _ in self._ran.get(test, ()))

    def _judged(self, patch: Patch, reply: Reply) -> Trial:
        results = {s["test"]: s["passed"] for s in reply.said if "test" in s}
        failing = frozenset(self._failing)
        passed = frozenset(t for t, ok in results.items() if ok and t in failing)
        lost = [t for t, ok in results.items() if not ok and t not in failing]
        self._killers.update(lost)
        done = not reply.cut
        return Trial(patch, passed, done and passed == failing and not lost, cut=not done)


def _told(unit: CompiledUnit) -> dict[str, object]:
    return {"path": unit.path, "name": unit.name, "line": unit.line, "text": unit.text}


def _traced(said: Message) -> TestTrace:
    lines = frozenset((path, n) for path, numbers in said["lines"].items() for n in numbers)
    return TestTrace(said["test"], not said["passed"], lines)
