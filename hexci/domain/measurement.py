"""Paired timings: figures that hold on a machine whose speed drifts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Paired:
    """Seconds of two commands, run in turn: `ours[i]` stood right beside `theirs[i]`."""

    name: str
    peer: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    unit: str = "s"

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours to theirs, pair by pair."""
        return tuple(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def noise(self) -> float:
        """How far the peer's own runs lie apart: (max - min) / median."""
        return (max(self.theirs) - min(self.theirs)) / median(self.theirs)


@dataclass(frozen=True, slots=True)
class Steps:
    """Seconds of each of many like steps of one command."""

    name: str
    seconds: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """The smallest step that at least `share` of all steps do not exceed."""
        ordered = sorted(self.seconds)
        return ordered[max(0, ceil(share * len(ordered)) - 1)]


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Minimum, median and maximum."""
    return min(values), median(values), max(values)
