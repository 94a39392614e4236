"""One search for a small edit: where to look, what was tried, what is plausible, what is chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.canonical import Json
from hexci.domain.outcome import Outcome
from hexci.domain.repair.foreign.stream import foreign_patches
from hexci.domain.repair.foreign.tree import Tree
from hexci.domain.repair.grounds import Refusal
from hexci.domain.repair.joining import joined
from hexci.domain.repair.mentions import mentioned_lines
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.reaching import imported_files, with_what_is_read
from hexci.domain.repair.source import Source, parse_source
from hexci.domain.repair.stopping import last_to_try
from hexci.domain.repair.stream import Suspects, patches
from hexci.domain.repair.suspicion import Line, Trace, favour_newest, suspicion
from hexci.domain.repair.words import words_of, words_of_tests
from hexci.domain.test_files import is_test_file
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.executor import Bench, Trial
from hexci.ports.grammar import Grammar
from hexci.ports.progress import Progress
from hexci.usecases.repair_choice import choose, makes_sense, nonsense_of

_MOST_SHOWN = 10  # rivals and places named in the summary
_MOST_JUDGED = 3  # plausible patches that may go to the full gate
_FOR_PAIRS = 10.0  # seconds beside the budget for two edits at once
_CODE = frozenset(["py", "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "go", "rs"])
_MOST_FILES = 40  # files without a trace that are looked at
_MOST_KEPT = 200  # patches of a kind: each holds its whole file
_MOST_IMPORTED = 12  # files that no failing test ran, and that are imported by those it ran


@dataclass(frozen=True, slots=True)
class SearchBudget:
    """Seconds of search as a rule and at most, and patches tried."""

    seconds: float = 45.0
    most_seconds: float = 60.0
    patches: int = 30_000


@dataclass(frozen=True, slots=True)
class Tools:
    """What a search works with. `paths` are all files of the base tree.

    `own_priors` are the shares of families among the project's own small fixes, if known;
    `newest` are the lines by path that its last commits wrote.
    """

    bench: Bench
    clock: Clock
    grammar: Grammar
    budget: SearchBudget
    progress: Progress
    paths: Sequence[str]
    own_priors: Mapping[str, float] | None = None
    newest: Mapping[str, frozenset[int]] = field(default_factory=dict)


class Search:
    """One search: what is suspected, what was tried, what is plausible."""

    def __init__(self, given: Assignment, tools: Tools) -> None:
        self._given = given
        self._tools = tools
        self._bench = tools.bench
        self._clock = tools.clock
        self._budget = tools.budget
        self._progress = tools.progress
        self._began = tools.clock.monotonic()
        self._trees: dict[str, Tree] = {}
        self._tried = 0
        self._pulled = 0
        self._most = tools.budget.patches
        self._numbers: dict[str, int] = {}
        self._ended_at: float | None = None
        self._extra = 0.0
        self._partial: list[Trial] = []
        self._cut: list[Patch] = []
        self._refused: set[Refusal] = set()
        self._green: list[Patch] = []
        self._odd: dict[str, tuple[str, ...]] = {}
        self._sound: list[int] = []
        self._senseless: list[int] = []
        self._trace = Trace(())
        self.suspects = Suspects({}, {})

    @property
    def plausible(self) -> Sequence[Patch]:
        """Those found so far, in the order proposed; of two searches, however timed, the same."""
        last = self._last()
        found = sorted(self._green, key=self._number)
        return [patch for patch in found if self._number(patch) <= last]

    def localise(self) -> bool:
        """Finds suspect lines and parses their files; False when there are none."""
        trace = self._trace = self._bench.trace()
        lines = suspicion(trace) if trace.tests else self._mentioned()
        lines = {place: score for place, score in lines.items() if self._may_edit(place[0])}
        paths = {path for path, _ in lines}
        sources: Mapping[str, Source] = self._sources({p for p in paths if p.endswith(".py")})
        self._trees = self._parsed(paths - set(sources))
        if trace.tests:
            sources, lines = self._with_what_is_read(sources, lines)
        lines = favour_newest(lines, self._tools.newest)
        known = {**sources, **self._trees}
        lines = {place: score for place, score in lines.items() if place[0] in known}
        own = self._tools.own_priors
        words = words_of(self._given.plan.task) | words_of_tests(self._bench.failing[:_MOST_SHOWN])
        self.suspects = Suspects(sources, lines, trace.crashes, trace.types, words, own)
        self._progress.note(_found(trace, len(lines), len(known)))
        return bool(lines)

    def _with_what_is_read(
        self, sources: Mapping[str, Source], lines: Mapping[Line, float]
    ) -> tuple[Mapping[str, Source], Mapping[Line, float]]:
        """Suspects outside functions too: what the suspect lines read."""
        imported = imported_files(sources, [p for p in self._tools.paths if self._may_edit(p)])
        known = {**sources, **self._sources(set(imported[:_MOST_IMPORTED]))}
        found = with_what_is_read(known, lines)
        suspect = {path for path, _ in found}
        return {path: source for path, source in known.items() if path in suspect}, found

    def _mentioned(self) -> Mapping[Line, float]:
        """Suspicion from what the red run printed, for runs that cannot be traced."""
        red = self._given.red
        code = [p for p in self._tools.paths if self._may_edit(p) and _is_code(p)][:_MOST_FILES]
        tests = [p for p in self._tools.paths if is_test_file(p)]
        texts = {path: self._given.room.read(path) or b"" for path in code}
        lengths = {path: text.count(b"\n") + 1 for path, text in texts.items()}
        said = red.output if red else ""
        if red and red.account:
            said += "\n".join(t.message for t in red.account.tests)
        return mentioned_lines(said, code, tests, lengths)

    def _parsed(self, paths: set[str]) -> dict[str, Tree]:
        texts = {path: self._given.room.read(path) for path in sorted(paths)}
        trees = {p: self._tools.grammar.tree(p, data) for p, data in texts.items() if data}
        return {path: tree for path, tree in trees.items() if tree is not None}

    def _stream(self) -> Iterator[Patch]:
        if not self._trees:
            return patches(self.suspects)
        grammar = self._tools.grammar
        return foreign_patches(
            self._trees,
            self.suspects.lines,
            lambda path, data: grammar.tree(path, data) is not None,
        )

    def run(self) -> None:
        """Tries patches, best first, until one is plausible and as many again, or time is up."""
        for trial in self._trials(self._stream(), patience=1.0):
            self._note(trial)
        if not self._green and len(self._partial) > 1:
            partial = [(trial.patch, trial.passed) for trial in self._partial]
            pairs = joined(partial, self._bench.failing, self.suspects.sources)
            self._extra = _FOR_PAIRS
            for trial in self._trials(pairs, patience=1.0):
                self._note(trial)
        if not self._green and self._cut and self._seconds() < self._budget.most_seconds:
            slow = sorted(self._cut, key=lambda p: -p.score)
            self._progress.note(f"trying {len(slow)} slow patches again with more time")
            for trial in self._trials(iter(slow), patience=10.0):
                self._note(trial)

    def conclude(self) -> Attempt:
        """The best plausible patch before the gate, or why there is none."""
        if not self.plausible:
            return self._ended(Outcome.NO_CHANGE, "no edit turned the tests green")
        seed = self._given.plan.seed
        chosen = choose(self.plausible, self._odd, self._bench, self._trace, seed)
        self._ended_at = self._seconds()  # what follows is the gate's time
        self._progress.note(chosen.agreed.told)
        doubt = chosen.doubt(self._bench.failing, self._refused)
        if doubt:
            return self._ended(Outcome.UNPROVEN, doubt, chosen.patches[0])
        outcome = Outcome.UNPROVEN
        for patch in chosen.patches[:_MOST_JUDGED]:
            self._given.room.write(dict(patch.files))
            verdict = self._given.judge(self._given.room.snapshot())
            if verdict.accepted:
                return self._ended(Outcome.OK, f"fixed: {patch.place}", patch)
            outcome = verdict.outcome
            self._given.room.write(self._originals(patch))
        return self._ended(outcome, "no plausible edit was accepted", chosen.patches[0])

    def _ended(self, outcome: Outcome, first: str, best: Patch | None = None) -> Attempt:
        usage: tuple[tuple[str, Json], ...] = (
            ("patches", self._tried),
            ("plausible", len(self.plausible)),
            ("search_seconds", round(self._searched, 3)),
            ("family", best.family if best else ""),
        )
        return Attempt(outcome, summary=self._told(first), usage=usage)

    def _originals(self, patch: Patch) -> dict[str, bytes | None]:
        sources = self.suspects.sources
        return {
            path: sources[path].encoded(sources[path].data)
            if path in sources
            else self._trees[path].data
            for path in patch.files
        }

    def _trials(self, stream: Iterator[Patch], *, patience: float) -> Iterator[Trial]:
        self._most = self._pulled + self._budget.patches
        return self._bench.try_many(self._bounded(stream), patience=patience)

    def _bounded(self, stream: Iterator[Patch]) -> Iterator[Patch]:
        """The stream until the search should end: pulled by the bench, patch by patch."""
        for patch in stream:
            self._pulled += 1
            if self._pulled > self._last() or self._seconds() > self._limit():
                return
            self._numbers[patch.digest] = self._pulled
            yield patch

    def _last(self) -> int:
        failing = len(self._bench.failing)
        return last_to_try(self._sound, self._most, failing, self._senseless)

    def _number(self, patch: Patch) -> int:
        return self._numbers[patch.digest]

    def _limit(self) -> float:
        """Seconds since the beginning at which no further patch is tried."""
        left = self._given.deadline - self._began
        most = min(self._budget.most_seconds, left)
        # a slow machine does not make a plausible patch any surer: its rivals get their chance
        return most if self._green else min(most, self._budget.seconds + self._extra)

    def _note(self, trial: Trial) -> None:
        self._tried += 1
        if self._tried % 50 == 0:
            self._progress.tick(f"{self._tried} patches tried")
        if trial.plausible:
            if not self._green:
                self._progress.note(f"plausible: {trial.patch.place}")
            self._green += [trial.patch][: _MOST_KEPT - len(self._green)]
            odd = self._odd[trial.patch.digest] = nonsense_of(trial.patch, self.suspects.sources)
            numbers = self._sound if makes_sense(trial.patch, odd) else self._senseless
            numbers.append(self._number(trial.patch))
        elif trial.cut:
            self._cut += [trial.patch][: _MOST_KEPT - len(self._cut)]
        elif trial.passed:
            self._partial += [trial][: _MOST_KEPT - len(self._partial)]
            if len(trial.passed) == len(self._bench.failing):
                self._refused.add(Refusal(trial.patch.path, trial.patch.line))

    def _seconds(self) -> float:
        return self._clock.monotonic() - self._began

    @property
    def _searched(self) -> float:
        return self._seconds() if self._ended_at is None else self._ended_at

    def _may_edit(self, path: str) -> bool:
        plan = self._given.plan
        named = not plan.files or path in plan.files
        free = plan.paths.allows(path) and not plan.paths.protects(path)
        return named and free and not is_test_file(path)

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
        lines = [f"{first} ({self._tried} patches tried in {self._searched:.1f} s)"]
        if self._bench.lost:
            lines.append("the tests' process ended before the search did")
        if self._bench.flaky:
            lines.append(f"flaky, left out: {', '.join(self._bench.flaky[:_MOST_SHOWN])}")
        places = sorted(self.suspects.lines.items(), key=lambda item: (-item[1], item[0]))
        lines += [f"suspect: {p}:{n} ({score:.2f})" for (p, n), score in places[:_MOST_SHOWN]]
        lines += [f"plausible: {patch.place}" for patch in self.plausible[:_MOST_SHOWN]]
        return "\n".join(lines)


def _is_code(path: str) -> bool:
    return path.rpartition(".")[2] in _CODE


def _found(trace: Trace, lines: int, files: int) -> str:
    if not trace.tests:
        return f"no trace: {lines} lines of {files} files by what the red run printed"
    failing = sum(1 for test in trace.tests if test.failed)
    return f"{failing} failing tests run {lines} suspect lines in {files} files"
