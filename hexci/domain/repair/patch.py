"""One candidate patch, ready to be tried."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.repair.source import Edit
from hexci.domain.repair.unit import CompiledUnit


@dataclass(frozen=True, slots=True)
class Patch:
    """Edits of one file, or of several for a joined patch.

    `units` are the functions it changes, each compiled; None when exchanging functions is not
    enough and the modules must be imported anew. `score` orders patches, higher first.
    """

    edits: tuple[tuple[str, tuple[Edit, ...]], ...]
    files: Mapping[str, bytes]
    units: tuple[CompiledUnit, ...] | None
    family: str
    operator: str
    line: int
    score: float
    suspect: bool
    digest: str

    @property
    def path(self) -> str:
        """The first file it changes."""
        return self.edits[0][0]

    @property
    def place(self) -> str:
        """`path:line family (operator)`, for people."""
        return f"{self.path}:{self.line} {self.family} ({self.operator})"
