"""Programs that look for defects inside a room."""

from collections.abc import Mapping
from typing import Protocol

from hexci.domain.canonical import Json


class SearchKit(Protocol):
    """Makes the files that a search needs."""

    def files(self, path: str, orders: Mapping[str, Json]) -> Mapping[str, bytes | None]:
        """Room path → content. The test file at `path` writes what it found to `orders["out"]`."""
        ...
