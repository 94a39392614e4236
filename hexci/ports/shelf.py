"""What a run has paid for already, so that it is never paid for twice."""

from typing import Protocol


class Shelf(Protocol):
    """Kept documents of one run, by name."""

    def take(self, name: str) -> bytes | None:
        """What was kept as `name`; None when nothing was."""
        ...

    def keep(self, name: str, content: bytes) -> None:
        """Keeps `content`, safe from a kill when this returns."""
        ...
