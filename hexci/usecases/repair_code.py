"""The model-free candidate: searches for a small edit that turns the failing tests green."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.domain.repair.mining import family_of, shares
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.executor import Executor
from hexci.ports.grammar import Grammar
from hexci.ports.progress import Progress
from hexci.ports.repo import History, Objects
from hexci.ports.rooms import Rooms
from hexci.usecases.repair_search import Search, SearchBudget, Tools

_COMMITS = 400  # of the project's history in which small fixes are looked for
_MINING = 1.5  # seconds for that
_RUNS = 4  # of the whole evidence that a search must have time for beside its own
_START = 30.0  # seconds for starting and ending the program under search


@dataclass(frozen=True, slots=True)
class RepairCandidate:
    """Tries executors in order; the first that can hold the program does the search."""

    rooms: Rooms
    executors: Sequence[Executor]
    clock: Clock
    objects: Objects
    grammar: Grammar
    history: History | None = None
    budget: SearchBudget = field(default=SearchBudget())

    @property
    def name(self) -> str:
        """Its SPEC."""
        return "repair"

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """Searches in a room of its own; only the chosen edit is made in the given one."""
        red = given.red
        if red is None or red.green:
            return Attempt(Outcome.NO_CHANGE, summary="there is no failing test to start from")
        paths = tuple(self.objects.files(given.plan.base_tree))
        left = given.deadline - self.clock.monotonic()
        # slow tests are run three times before the search: to measure, to trace, to try
        seconds = min(self.budget.most_seconds + _START + _RUNS * red.seconds, left)
        for executor in self.executors:
            with (
                self.rooms.clone(given.plan.base_tree) as room,
                executor.open(given.plan.evidence, room, red, seconds=seconds) as bench,
            ):
                if bench is None:
                    continue
                own = self._own_priors(given)
                newest = self.history.newest_lines(given.plan.base_commit) if self.history else {}
                tools = Tools(
                    bench, self.clock, self.grammar, self.budget, progress, paths, own, newest
                )
                search = Search(given, tools)
                if bench.flaky and not bench.failing:
                    return Attempt(Outcome.FLAKY, summary=_flaky(bench.flaky))
                if not search.localise():
                    return Attempt(
                        Outcome.NO_CHANGE, summary="the failing tests run no code of this repo"
                    )
                search.run()
                return search.conclude()
        return Attempt(Outcome.NO_CHANGE, summary=_cannot_hold(red))

    def _own_priors(self, given: Assignment) -> Mapping[str, float] | None:
        """What this project's small fixes were, if it has had enough; bounded in seconds."""
        if self.history is None:
            return None
        ends = self.clock.monotonic() + _MINING
        found = []
        for path, before, after in self.history.small_fixes(given.plan.base_commit, _COMMITS):
            family = family_of(path, before, after)
            if family is not None:
                found.append(family)
            if self.clock.monotonic() > ends:
                break
        return shares(found)


def _flaky(tests: Sequence[str]) -> str:
    named = ", ".join(tests[:3])
    return f"what failed passes when it is run again with nothing changed: {named}"


def _cannot_hold(red: EvidenceRun) -> str:
    runner = red.account.runner if red.account else "an unknown runner"
    return f"the failing tests of {runner} could not be run for a search"
