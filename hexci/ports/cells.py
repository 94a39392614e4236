"""Small shared values that many runners change: read, and replaced only when unchanged since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hexci.domain.canonical import Json


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the version it was read at."""

    value: Mapping[str, Json]
    version: str


class Cells(Protocol):
    """Values by name (`locks/deploy`), each change a commit of its own."""

    def read(self, name: str) -> Cell | None:
        """The value as it stands; None where there is none."""
        ...

    def swap(self, name: str, before: Cell | None, value: Mapping[str, Json], why: str) -> bool:
        """Replaces what was read (`before`; None: there was nothing); False when it has changed."""
        ...

    def names(self, prefix: str) -> Sequence[str]:
        """The names below `prefix`, sorted."""
        ...

    def under(self, prefix: str) -> Mapping[str, Cell]:
        """All values below `prefix` by name; unreadable ones left out."""
        ...

    def history(self, name: str, most: int) -> Sequence[Mapping[str, Json]]:
        """The newest `most` values, newest first; none where there is none."""
        ...
