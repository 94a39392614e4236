"""Trying many small patches of one program quickly; nothing said here is a verdict."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.suspicion import Trace
from hexci.ports.rooms import Room


@dataclass(frozen=True, slots=True)
class Trial:
    """How one patch did. `passed` are failing tests that it turned green.

    `plausible`: all failing tests pass and no passing one was lost, as far as was run.
    `cut` is set when a limit ended it, so that nothing is known beyond `passed`.
    """

    patch: Patch
    passed: frozenset[str]
    plausible: bool
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a patch does on inputs: one digest each, in the same order for all patches compared.

    `odd`: on the tests' own inputs it gives back a type that the unpatched program never gave.
    `inputs` are the calls for people, where they can be shown.
    """

    patch: Patch
    answers: tuple[str, ...]
    odd: bool = False
    inputs: tuple[str, ...] = ()


class Bench(Protocol):
    """A program held ready to be patched and run."""

    @property
    def failing(self) -> tuple[str, ...]:
        """Ids of the tests to turn green, as this bench names them."""
        ...

    @property
    def flaky(self) -> tuple[str, ...]:
        """Tests that failed in the red run and passed here, with nothing changed."""
        ...

    @property
    def lost(self) -> bool:
        """Whether the program ended before the search did; then nothing more can be tried."""
        ...

    def trace(self) -> Trace:
        """One traced run of failing and of passing tests, within the bench's own limits."""
        ...

    def try_many(self, patches: Iterable[Patch], *, patience: float = 1.0) -> Iterator[Trial]:
        """Tries patches as they are pulled from the iterator, several at once.

        `patience` multiplies the time limits. Closing the iterator gives up what still runs.
        """
        ...

    def compare(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        """Runs plausible patches on inputs mutated from the tests' calls; () when it cannot."""
        ...


class Executor(Protocol):
    """Makes benches."""

    def open(
        self, evidence: EvidenceSpec, room: Room, red: EvidenceRun, *, seconds: float
    ) -> AbstractContextManager[Bench | None]:
        """A bench for the program in `room`, alive for at most `seconds`.

        None when the evidence is not of a kind this executor can hold (another may).
        """
        ...
