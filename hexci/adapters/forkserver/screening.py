"""Which patches are tried together in one child, and what such a child's words mean."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hexci.adapters.forkserver.channel import Message, Reply
from hexci.domain.repair.patch import Patch
from hexci.ports.executor import Trial

_MOST = 12  # patches in one child
_SECONDS = 0.4  # that the failing tests of one child's patches may take as a rule
_MOST_DIRTY = 4  # one child in so many may go unbelieved
_SCREENED = 4  # failing tests run for each patch


class Queue:
    """Patches that wait: new ones, and those that a child sent back."""

    def __init__(self, stream: Iterator[Patch], fits: Callable[[Patch], bool]) -> None:
        self._stream = stream
        self._fits = fits
        self._alone: deque[Patch] = deque()
        self._again: deque[Patch] = deque()

    def take(self, width: int) -> list[Patch]:
        """Up to `width` patches that fit together, or one that must be alone; none at the end."""
        if self._alone:
            return [self._alone.popleft()]
        taken: list[Patch] = []
        while len(taken) < max(1, width):
            patch = self._again.popleft() if self._again else next(self._stream, None)
            if patch is None:
                break
            if width > 1 and not (patch.units and self._fits(patch)):
                self._alone.append(patch)
                return taken or [self._alone.popleft()]
            taken.append(patch)
        return taken

    def put_back(self, *, alone: Iterable[Patch], again: Iterable[Patch]) -> None:
        """What a child did not settle."""
        self._alone.extend(alone)
        self._again.extend(again)


@dataclass(frozen=True, slots=True)
class Screened:
    """What one child settled. `alone`: to be tried by themselves; `again`: not reached."""

    trials: Sequence[Trial]
    alone: Sequence[Patch]
    again: Sequence[Patch]


@dataclass(slots=True)
class Screening:
    """Decides how many patches go together, and whether that may go on."""

    failing: Sequence[str]
    seconds: Mapping[str, float]
    allowed: bool = field(default=True)
    _strikes: int = 0
    _read: int = 0

    @property
    def tests(self) -> Sequence[str]:
        """The failing tests that are run for each patch."""
        return self.failing[:_SCREENED]

    @property
    def width(self) -> int:
        """How many patches may go into one child; less than two means none may."""
        if not self.allowed or not self.failing:
            return 1
        each = 0.002 + sum(self.seconds.get(test, 0.1) for test in self.tests)
        return max(1, min(_MOST, int(_SECONDS / each)))

    def read(self, reply: Reply, patches: Sequence[Patch]) -> Screened:
        """Sorts a child's patches by what it said of them."""
        said = [list[Message]() for _ in patches]
        for line in reply.said:
            if "patch" in line:
                said[line["patch"]].append(line)
        self._read += 1
        if any("restless" in line for line in reply.said):
            self.allowed = False  # the tests themselves leave something behind
            return Screened((), patches, ())
        reached = [p for p, lines in zip(patches, said, strict=True) if lines]
        clean = [line["clean"] for line in reply.said if "clean" in line]
        if not reached or (clean and not clean[0]):
            self._strike()
            return Screened((), patches, ())
        return self._sorted(reached, said, patches[len(reached) :])

    def _sorted(
        self, reached: Sequence[Patch], said: Sequence[Sequence[Message]], again: Sequence[Patch]
    ) -> Screened:
        trials, alone = [], []
        for patch, lines in zip(reached, said, strict=False):
            passed = frozenset(line["test"] for line in lines if line.get("passed"))
            if passed >= {*self.tests} or any("unswappable" in line for line in lines):
                alone.append(patch)
            else:
                ended = any("ended" in line for line in lines)
                trials.append(Trial(patch, passed, plausible=False, cut=not ended))
        return Screened(trials, alone, again)

    def _strike(self) -> None:
        """Gives up where more than one child in _MOST_DIRTY cannot be believed."""
        self._strikes += 1
        self.allowed = self._strikes < 3 or self._strikes * _MOST_DIRTY <= self._read
