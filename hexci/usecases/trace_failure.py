"""What the failing tests ran, the most suspicious lines first: what an agent should see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hexci.domain.agent.places import Place, apart
from hexci.domain.repair.suspicion import suspicion
from hexci.domain.test_files import is_test_file
from hexci.ports.candidate import Assignment
from hexci.ports.clock import Clock
from hexci.ports.executor import Executor
from hexci.ports.repo import Objects
from hexci.ports.rooms import Rooms

# Seconds for one look, and which part of the run's time it may take at most.
_SECONDS = 20.0
_SHARE = 0.1
# Windows of code that are shown for it.
_MOST = 6


@dataclass(slots=True)
class FailureTrace:
    """Traces once for all candidates of a run."""

    objects: Objects
    rooms: Rooms
    executors: Sequence[Executor]
    clock: Clock
    _kept: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def places(self, given: Assignment) -> tuple[Place, ...]:
        """Lines outside tests, worst first; () where no executor can hold the program."""
        tree = given.plan.base_tree
        if tree not in self._kept:
            self._kept[tree] = self._traced(given)
        return self._kept[tree]

    def _traced(self, given: Assignment) -> tuple[Place, ...]:
        red = given.red
        if red is None or red.green:
            return ()
        seconds = min(_SECONDS, (given.deadline - self.clock.monotonic()) * _SHARE)
        for executor in self.executors:
            with (
                self.rooms.clone(given.plan.base_tree) as room,
                executor.open(given.plan.evidence, room, red, seconds=seconds) as bench,
            ):
                if bench is not None:
                    return self._worst(suspicion(bench.trace()), given)
        return ()

    def _worst(self, found: Mapping[Place, float], given: Assignment) -> tuple[Place, ...]:
        paths = self.objects.files(given.plan.base_tree)  # the interpreter's own lines ran too
        ours = {p: s for p, s in found.items() if p[0] in paths and not is_test_file(p[0])}
        return apart(ours, _MOST)
