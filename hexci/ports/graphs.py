"""Where the graph of the last run is kept."""

from collections.abc import Iterable
from typing import Protocol

from hexci.domain.boundaries.graph import Graph, Kept


class GraphStore(Protocol):
    """Keeps one graph; losing it costs time and nothing else."""

    def load(self) -> Kept | None:
        """The kept graph; None when there is none to trust."""
        ...

    def save(self, key: str, graph: Graph, shas: Iterable[str]) -> None:
        """Keeps a graph in place of the last; never raises when it cannot."""
        ...
