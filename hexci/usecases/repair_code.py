"""The model-free candidate: searches for a small edit that turns the failing tests green."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.repair.agreement import RIVALS, Agreement, agreement_of
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.source import Source, parse_source
from hexci.domain.repair.stream import Suspects, patches
from hexci.domain.repair.suspicion import Trace, suspicion
from hexci.domain.repair.words import words_of
from hexci.domain.test_files import is_test_file
from hexci.domain.verdict import Verdict
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.executor import Bench, Executor, Trial
from hexci.ports.progress import Progress
from hexci.ports.rooms import Rooms

_MOST_SHOWN = 10  # rivals and places named in the summary
_MOST_JUDGED = 3  # plausible patches that may go to the full gate
_LEAST_SEARCH = 150  # patches tried after the first plausible one, at least
_LEAST_SECONDS = 1.5  # of further search after the first plausible patch


@dataclass(frozen=True, slots=True)
class SearchBudget:
    """Seconds of search as a rule and at most, and patches tried."""

    seconds: float = 20.0
    most_seconds: float = 60.0
    patches: int = 20_000


@dataclass(frozen=True, slots=True)
class RepairCandidate:
    """Tries executors in order; the first that can hold the program does the search."""

    rooms: Rooms
    executors: Sequence[Executor]
    clock: Clock
    budget: SearchBudget = field(default=SearchBudget())

    @property
    def name(self) -> str:
        """Its SPEC."""
        return "repair"

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """Searches in a room of its own; only the chosen edit is made in the given one."""
        red = given.red
        if red is None:
            return Attempt(Outcome.NO_CHANGE, summary="there is no failing test to start from")
        seconds = min(self.budget.most_seconds, given.deadline - self.clock.monotonic())
        for executor in self.executors:
            with (
                self.rooms.clone(given.plan.base_tree) as room,
                executor.open(given.plan.evidence, room, red, seconds=seconds + 30) as bench,
            ):
                if bench is not None:
                    return self._search(given, bench, progress)
        return Attempt(Outcome.NO_CHANGE, summary=_cannot_hold(red))

    def _search(self, given: Assignment, bench: Bench, progress: Progress) -> Attempt:
        search = Search(given, bench, self.clock, self.budget, progress)
        search.localise()
        if not search.suspects.lines:
            return Attempt(Outcome.NO_CHANGE, summary="the failing tests run no code of this repo")
        search.run()
        return search.conclude()


class Search:
    """One search: what is suspected, what was tried, what is plausible."""

    def __init__(
        self,
        given: Assignment,
        bench: Bench,
        clock: Clock,
        budget: SearchBudget,
        progress: Progress,
    ) -> None:
        self._given = given
        self._bench = bench
        self._clock = clock
        self._budget = budget
        self._progress = progress
        self._began = clock.monotonic()
        self._tried = 0
        self._first_at: float | None = None
        self._partial: list[Trial] = []
        self._cut: list[Patch] = []
        self.plausible: list[Patch] = []
        self.suspects = Suspects({}, {})

    def localise(self) -> None:
        """Traces the tests and parses what the failing ones ran."""
        trace = self._bench.trace()
        lines = {
            (path, line): score
            for (path, line), score in suspicion(trace).items()
            if self._may_edit(path)
        }
        sources = self._sources({path for path, _ in lines})
        lines = {place: score for place, score in lines.items() if place[0] in sources}
        self.suspects = Suspects(
            sources, lines, trace.crashes, trace.types, words_of(self._given.plan.task)
        )
        self._progress.note(_found(trace, len(lines), len(sources)))

    def run(self) -> None:
        """Tries patches, best first, until one is plausible and as long again, or time is up."""
        for trial in self._trials(patches(self.suspects), patience=1.0):
            self._note(trial)
        if not self.plausible and self._cut and self._seconds() < self._budget.most_seconds:
            slow = sorted(self._cut, key=lambda p: -p.score)
            self._progress.note(f"trying {len(slow)} slow patches again with more time")
            for trial in self._trials(iter(slow), patience=10.0):
                self._note(trial)

    def conclude(self) -> Attempt:
        """The best plausible patch before the gate, or why there is none."""
        ranked = sorted(self.plausible, key=lambda p: (p.suspect, -p.score))
        verdict: Verdict | None = None
        if ranked:
            agreed = self._agreement(ranked[:RIVALS])
            self._progress.note(agreed.told)
            if ranked[0].suspect:
                return Attempt(Outcome.UNPROVEN, summary=self._told("only anti-patterns pass"))
            if not agreed.unanimous:
                return Attempt(Outcome.UNPROVEN, summary=self._told(f"abstained: {agreed.told}"))
        for patch in ranked[:_MOST_JUDGED]:
            self._given.room.write(dict(patch.files))
            verdict = self._given.judge(self._given.room.snapshot())
            if verdict.accepted:
                return Attempt(Outcome.OK, summary=self._told(f"fixed: {patch.place}"))
            self._given.room.write(self._originals(patch))
        if not ranked:
            return Attempt(Outcome.NO_CHANGE, summary=self._told("no edit turned the tests green"))
        outcome = verdict.outcome if verdict else Outcome.UNPROVEN
        return Attempt(outcome, summary=self._told("no plausible edit was accepted"))

    def _agreement(self, rivals: Sequence[Patch]) -> Agreement:
        if len(rivals) == 1:
            return Agreement(1, 0, 0)
        seen = self._bench.compare(rivals, self._given.plan.seed)
        if not seen:
            return Agreement(len(rivals), 0, 0, compared=False)
        return agreement_of([b.answers for b in seen])

    def _originals(self, patch: Patch) -> dict[str, bytes | None]:
        sources = self.suspects.sources
        return {path: sources[path].encoded(sources[path].data) for path in patch.files}

    def _trials(self, stream: Iterator[Patch], *, patience: float) -> Iterator[Trial]:
        return self._bench.try_many(self._bounded(stream), patience=patience)

    def _bounded(self, stream: Iterator[Patch]) -> Iterator[Patch]:
        """The stream until the search should end: pulled by the bench, patch by patch."""
        goal = self._budget.patches
        for number, patch in enumerate(stream, start=1):
            if self.plausible and goal == self._budget.patches:
                # as many again as it took: then rivals had the same chance
                goal = number + max(_LEAST_SEARCH, number)
            if number > goal or self._seconds() > self._limit():
                return
            yield patch

    def _limit(self) -> float:
        """Seconds since the beginning at which no further patch is tried."""
        left = self._given.deadline - self._began
        most = min(self._budget.most_seconds, left)
        if self._first_at is None:
            return min(most, self._budget.seconds)
        return min(most, self._first_at + max(_LEAST_SECONDS, self._first_at))

    def _note(self, trial: Trial) -> None:
        self._tried += 1
        if self._tried % 50 == 0:
            self._progress.tick(f"{self._tried} patches tried")
        if trial.plausible:
            if not self.plausible:
                self._first_at = self._seconds()
                self._progress.note(f"plausible: {trial.patch.place}")
            self.plausible.append(trial.patch)
        elif trial.cut:
            self._cut.append(trial.patch)
        elif trial.passed:
            self._partial.append(trial)

    def _seconds(self) -> float:
        return self._clock.monotonic() - self._began

    def _may_edit(self, path: str) -> bool:
        plan = self._given.plan
        named = not plan.files or path in plan.files
        free = plan.paths.allows(path) and not plan.paths.protects(path)
        return path.endswith(".py") and named and free and not is_test_file(path)

    def _sources(self, paths: set[str]) -> dict[str, Source]:
        found = {}
        for path in sorted(paths):
            raw = self._given.room.read(path)
            source = parse_source(path, raw) if raw is not None else None
            if source is not None:
                found[path] = source
        return found

    def _told(self, first: str) -> str:
        """The summary: what was found, where the fault seems to be, and the rivals."""
        lines = [f"{first} ({self._tried} patches tried in {self._seconds():.1f} s)"]
        places = sorted(self.suspects.lines.items(), key=lambda item: (-item[1], item[0]))
        lines += [f"suspect: {p}:{n} ({score:.2f})" for (p, n), score in places[:_MOST_SHOWN]]
        lines += [f"plausible: {patch.place}" for patch in self.plausible[:_MOST_SHOWN]]
        return "\n".join(lines)


def _cannot_hold(red: EvidenceRun) -> str:
    runner = red.account.runner if red.account else "an unknown runner"
    return f"the failing tests of {runner} could not be run for a search"


def _found(trace: Trace, lines: int, files: int) -> str:
    failing = sum(1 for test in trace.tests if test.failed)
    return f"{failing} failing tests run {lines} suspect lines in {files} files"
