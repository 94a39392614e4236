"""Programs of ours that watch, in a room, what tests call and repeat it elsewhere."""

from collections.abc import Mapping
from typing import Protocol


class Witness(Protocol):
    """Where those programs come from; the gate lays them beside the code that it judges."""

    def python(self) -> Mapping[str, bytes]:
        """The files of one Python package, by name."""
        ...

    def node(self) -> bytes:
        """A script to be preloaded into Node: the run takes place elsewhere, years later."""
        ...
