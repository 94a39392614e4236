"""The model-free candidate: searches for a small edit that turns the failing tests green."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hexci.domain.evidence import EvidenceRun
from hexci.domain.outcome import Outcome
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.executor import Executor
from hexci.ports.grammar import Grammar
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms
from hexci.usecases.repair_search import Search, SearchBudget, Tools

_START = 30.0  # seconds for starting and ending the program under search


@dataclass(frozen=True, slots=True)
class RepairCandidate:
    """Tries executors in order; the first that can hold the program does the search."""

    rooms: Rooms
    executors: Sequence[Executor]
    clock: Clock
    objects: Objects
    grammar: Grammar
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
        seconds = min(self.budget.most_seconds + _START, left)
        for executor in self.executors:
            with (
                self.rooms.clone(given.plan.base_tree) as room,
                executor.open(given.plan.evidence, room, red, seconds=seconds) as bench,
            ):
                if bench is None:
                    continue
                tools = Tools(bench, self.clock, self.grammar, self.budget, progress, paths)
                search = Search(given, tools)
                if not search.localise():
                    return Attempt(
                        Outcome.NO_CHANGE, summary="the failing tests run no code of this repo"
                    )
                search.run()
                return search.conclude()
        return Attempt(Outcome.NO_CHANGE, summary=_cannot_hold(red))


def _cannot_hold(red: EvidenceRun) -> str:
    runner = red.account.runner if red.account else "an unknown runner"
    return f"the failing tests of {runner} could not be run for a search"
