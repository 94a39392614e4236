"""Where the graph of the last run is kept."""

from typing import Protocol

from hexci.domain.boundaries.graph import Graph


class GraphStore(Protocol):
    """Keeps one graph; losing it costs time and nothing else."""

    def load(self) -> tuple[str, Graph] | None:
        """The kept graph and the key it was kept under; None when there is none to trust."""
        ...

    def save(self, key: str, graph: Graph) -> None:
        """Keeps a graph in place of the last; never raises when it cannot."""
        ...
