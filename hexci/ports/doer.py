"""What carries out the nodes of a pipeline, and where their run is written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from hexci.domain.canonical import Json
from hexci.domain.manifests.context import RunContext
from hexci.domain.manifests.results import NodeResult
from hexci.domain.outcome import Outcome
from hexci.ports.gateway import Denial, Gateway


@dataclass(frozen=True, slots=True)
class Task:
    """One attempt at one node. `deadline` is in seconds of the monotonic clock."""

    node: str
    arguments: Mapping[str, Json]
    context: RunContext
    gateway: Gateway
    deadline: float
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Done:
    """How an attempt ended. `files` go into the run's record."""

    outcome: Outcome
    outputs: Mapping[str, Json] = field(default_factory=dict)
    reason: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


# Carries out one kind of node. What goes wrong may be raised as a HexciError.
Doer = Callable[[Task], Done]


class Pool(Protocol):
    """Threads that work is given to."""

    def submit(self, work: Callable[[], None]) -> None:
        """Runs `work` soon, in another thread; `work` raises nothing."""
        ...


class RunLog(Protocol):
    """What a run tells while it goes on. Called from one thread, `denied` from any."""

    def started(self, node: str, attempt: int) -> None:
        """An attempt at a node begins."""
        ...

    def ended(self, result: NodeResult, files: Mapping[str, bytes]) -> None:
        """A node has ended for good; it is safe when this returns."""
        ...

    def retried(self, node: str, attempt: int, outcome: Outcome, reason: str) -> None:
        """An attempt ended and another will be made."""
        ...

    def denied(self, denial: Denial) -> None:
        """Something was wanted and could not be had."""
        ...
