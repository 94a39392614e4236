"""Paired timings: figures that hold on a machine whose speed drifts."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Minimum, median and maximum."""
    return min(values), median(values), max(values)
