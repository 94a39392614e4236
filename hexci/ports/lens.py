"""Who looks for defects: a model with a question, or a search that needs none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.review.claim import LensReport
from hexci.ports.progress import Progress


@dataclass(frozen=True, slots=True)
class Scene:
    """What is under review.

    `tree` is the tree as it is, `base_tree` the one that it is compared with (empty: none).
    `lines` has every path under review and its lines (from 1) that changed; an empty set means
    the whole file. `green` is the run of `gate` on `tree`. `deadline` is in seconds of the
    monotonic clock.
    """

    tree: str
    gate: EvidenceSpec
    green: EvidenceRun
    deadline: float
    lines: Mapping[str, frozenset[int]]
    base_tree: str = ""
    seed: int = field(default=0)


class Lens(Protocol):
    """One way to look. It changes nothing; what it claims is proven by others."""

    @property
    def name(self) -> str:
        """Its name, as in `--lens`."""
        ...

    def hunt(self, scene: Scene, *, progress: Progress) -> LensReport:
        """Claims about the scene. A failure is a status of the report, never an exception."""
        ...
