"""The oracle of published bugs: what is asked of the bench, and what is made of its answer."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from fakes.ports import FakeRoom

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.repair.agreement import Agreement
from hexci.domain.repair.patch import Patch
from hexci.domain.repair.suspicion import Trace
from hexci.ports.executor import Behaviour, Bench, Trial
from hexci.ports.rooms import Room
from hexci.usecases.compare_with_release import Judges, compare_with_release

BROKEN = b"WIDE = 3\n\n\ndef f(a):\n    return a - 1\n\n\ndef g(a):\n    return a\n"
REPAIRED = BROKEN.replace(b"a - 1", b"a + 1")
RELEASE = REPAIRED.replace(b"WIDE = 3", b"WIDE = 4")


@dataclass
class AskedBench:
    """Answers alike but for the last input, where the first patch differs when told to."""

    differs: bool
    asked: list[Patch] = field(default_factory=list)
    traced: bool = False
    failing: tuple[str, ...] = ("t",)
    flaky: tuple[str, ...] = ()
    lost: bool = False

    def trace(self) -> Trace:
        self.traced = True
        return Trace(())

    def try_many(self, patches: Iterable[Patch], *, patience: float = 1.0) -> Iterator[Trial]:
        raise NotImplementedError

    def compare(self, patches: Sequence[Patch], seed: int) -> Sequence[Behaviour]:
        assert self.traced  # a bench knows only then which tests run what was changed
        self.asked += patches
        return [
            Behaviour(patch, ("1", "2", "ours" if self.differs and not n else "3"))
            for n, patch in enumerate(patches)
        ]


@dataclass
class OneBench:
    """An executor that has one bench, or none."""

    bench: AskedBench | None

    @contextmanager
    def open(
        self, evidence: EvidenceSpec, room: Room, red: EvidenceRun, *, seconds: float
    ) -> Iterator[Bench | None]:
        yield self.bench


class RedRunner:
    """Says that the evidence failed."""

    def can_select(self, evidence: EvidenceSpec) -> bool:
        return False

    def run(
        self,
        evidence: EvidenceSpec,
        room: Room,
        *,
        only: Sequence[str] = (),
        shuffle: int | None = None,
    ) -> EvidenceRun:
        return EvidenceRun(1, "", 1.0, "none")


def compared(bench: AskedBench | None, repaired: bytes = REPAIRED) -> Agreement | None:
    room = FakeRoom({"a.py": BROKEN})
    judges = Judges(OneBench(bench), RedRunner(), EvidenceSpec("pytest"))
    return compare_with_release(judges, room, {"a.py": repaired}, {"a.py": RELEASE})


def test_inputs_on_which_the_release_answers_otherwise_are_counted() -> None:
    assert compared(AskedBench(differs=True)) == Agreement(2, 3, 1)
    assert compared(AskedBench(differs=False)) == Agreement(2, 3, 0)


def test_a_change_of_one_function_is_asked_as_that_function() -> None:
    bench = AskedBench(differs=False)
    compared(bench)
    ours, theirs = bench.asked
    assert [unit.name for unit in ours.units or ()] == ["f"]
    assert "return a + 1" in (ours.units or ())[0].text
    assert theirs.units is None  # what is outside functions is made anew


def test_letters_of_more_than_one_byte_are_not_cut_in_two() -> None:
    bench = AskedBench(differs=False)
    compared(bench, BROKEN.replace(b"a - 1", "a + len('é')".encode()))
    assert "return a + len('é')" in (bench.asked[0].units or ())[0].text


def test_what_cannot_be_held_is_not_judged() -> None:
    assert compared(None) is None
