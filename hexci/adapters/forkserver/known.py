"""What is known of the tests of a held program: which fail, how long each takes, what each runs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hexci.adapters.forkserver.channel import Message, Reply
from hexci.adapters.forkserver.naming import dotted, matching
from hexci.domain.evidence import Account, TestResult, TestStatus
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.suspicion import Line
from hexci.ports.executor import Trial

_LEAST = 0.03  # seconds of processor time any test may use
_LEAST_OF_ENDLESS = 0.02  # most patches of an endless loop are one too
_SLACK = 5.0  # times what the test took unpatched
_UNKNOWN_TEST = 1.5  # seconds of processor time for a test of which nothing is known
_UNTRACED = 100  # passing tests tried though it is not known what they run
_SLEEPS = 0.5  # share of a test's time without the processor from which it is said to wait
_LONG = 0.5  # seconds; below it waiting costs nothing
_LAST_LINE = 1 << 30
_TOGETHER = 6  # times as many children as processors where the tests only wait

_TIMEOUT = re.compile(r"time(d )?out\b|TimeoutError", re.IGNORECASE)

Result = tuple[bool, float]


class KnownTests:
    """`failing` are ids of the tests to turn green, cheapest first; `passing` those to keep."""

    def __init__(self, tests: Sequence[str], account: Account | None) -> None:
        self.all = list(tests)
        self.failing = matching(sorted(account.failed), self.all) if account else self.all
        self.passing = matching(sorted(account.passed), self.all) if account else []
        # a red run that died in a test leaves that one out of its account
        self.failing = self.failing or [t for t in self.all if t not in set(self.passing)]
        order = {test: at for at, test in enumerate(self.all)}
        self.passing.sort(key=order.__getitem__)
        self.flaky: tuple[str, ...] = ()
        self.seconds: dict[str, float] = {}
        self._processor: Mapping[str, float] = {}
        self.waiting = 1  # children for each processor
        ended = {dotted(t.id) for t in account.tests if _ran_out(t)} if account else set()
        # what they took says nothing of how long they take when they are right
        self.endless = frozenset(t for t in self.failing if dotted(t) in ended)
        # a slow suite's own account says how long a test may take; twice that is enough
        by_name = {dotted(t.id): t.seconds for t in account.tests} if account else {}
        told = [t for t in self.all if t not in self.endless]
        slow = {t: by_name.get(dotted(t), 0.0) * 2 for t in told}
        self._told_seconds = {t: s for t, s in slow.items() if s > _UNKNOWN_TEST}
        self._traced: frozenset[str] = frozenset()
        self._runners: dict[str, dict[int, list[str]]] = {}  # tests by path and line
        self._killers: Counter[str] = Counter()

    @property
    def first_limits(self) -> dict[str, object]:
        """Limits of processor time before anything was measured."""
        return {"limits": self._told_seconds, "limit": _UNKNOWN_TEST}

    def limits(self, patience: float, tests: Sequence[str]) -> dict[str, object]:
        """Limits of processor time by test, and for those not measured."""
        known = {
            t: round((least + _SLACK * self._processor.get(t, self.seconds[t])) * patience, 3)
            for t in tests
            if t in self.seconds
            for least in (_LEAST_OF_ENDLESS if t in self.endless else _LEAST,)
        }
        return {"limits": known, "limit": 6 * _LEAST * patience}

    def expected(self, tests: Sequence[str]) -> float:
        """Seconds that tests take as a rule."""
        return sum(self.seconds.get(t, 0.1) for t in tests)

    def settle(self, failing: Mapping[str, Result], passing: Mapping[str, Result]) -> None:
        """Takes over what the unpatched program did: (passed, seconds) by test.

        A test that was not reached, or does not do here what it did in the red run, tells nothing
        about a patch.
        """
        self.flaky = tuple(t for t in self.failing if failing.get(t, (False, 0.0))[0])
        self.failing = [t for t in self.failing if t not in self.flaky]
        self.failing.sort(key=lambda t: (failing.get(t, (False, 9e9))[1], t))
        self.passing = [t for t in self.passing if passing.get(t, (False, 0.0))[0]]
        self.seconds = {t: s for t, (_, s) in {**failing, **passing}.items()}
        longest = max((s for ok, s in passing.values() if ok), default=0.0)
        self.seconds.update(dict.fromkeys(self.endless, longest))

    def note_processor(self, processor: Mapping[str, float]) -> None:
        """`processor` are seconds of processor time by test: those that wait may wait together."""
        self._processor = dict(processor)
        spent = self.expected(self.failing)
        used = sum(processor.get(t, self.seconds.get(t, 0.1)) for t in self.failing)
        if spent > _LONG and used < spent * _SLEEPS:
            self.waiting = max(1, min(_TOGETHER, int(spent / max(used, 0.01))))

    def note_lines(self, ran: Mapping[str, frozenset[Line]]) -> None:
        """The lines that passing tests run, as far as they were traced."""
        self._traced = frozenset(ran)
        self._runners = {}
        for test, lines in ran.items():
            for path, line in lines:
                self._runners.setdefault(path, {}).setdefault(line, []).append(test)

    def concerned(self, patch: Patch) -> list[str]:
        """Passing tests that run what the patch changes, those that refused most patches first."""
        if patch.units:
            spots = [(u.path, u.line, u.last) for u in patch.units]
        else:
            spots = [(path, 0, _LAST_LINE) for path in patch.files]
        near = {test for spot in spots for test in self._runs(*spot)}
        tests = [t for t in self.passing if t in near]
        untraced = [t for t in self.passing if t not in self._traced][:_UNTRACED]
        return sorted((*tests, *untraced), key=lambda t: -self._killers[t])

    def quickest(self, path: str, most: int) -> list[str]:
        """The quickest passing tests, those first that run code of the file `path`."""
        near = set(self._runs(path, 0, _LAST_LINE))
        ranked = sorted(self.passing, key=lambda t: (t not in near, self.seconds.get(t, 9.0)))
        return ranked[:most]

    def judged(self, patch: Patch, reply: Reply) -> Trial:
        """What a child's results say of a patch."""
        results = {s["test"]: s["passed"] for s in reply.said if "test" in s}
        failing = frozenset(self.failing)
        passed = frozenset(t for t, ok in results.items() if ok and t in failing)
        lost = [t for t, ok in results.items() if not ok and t not in failing]
        self._killers.update(lost)
        done = not reply.cut
        return Trial(patch, passed, done and passed == failing and not lost, cut=not done)

    def _runs(self, path: str, first: int, last: int) -> Iterator[str]:
        for line, tests in self._runners.get(path, {}).items():
            if first <= line <= last:
                yield from tests


def _ran_out(test: TestResult) -> bool:
    """Whether a limit ended a test: the red run's, pytest-timeout's, an alarm of the tests' own."""
    failed = test.status in {TestStatus.FAILED, TestStatus.ERROR}
    return failed and bool(_TIMEOUT.search(f"{test.kind} {test.message}"))


def results_of(said: Sequence[Message]) -> dict[str, Result]:
    """(passed, seconds) by test of what a child said."""
    return {s["test"]: (s["passed"], s["seconds"]) for s in said if "test" in s}
