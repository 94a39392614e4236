"""The programs that watch and repeat calls inside a room, as bytes to be laid into it."""

from collections.abc import Mapping
from importlib import resources

_FILES = (
    "__init__.py", "calls.py", "neighbours.py", "watching.py", "repeating.py", "worlds.py",
    "stubbing.py",
)  # fmt: skip


class WitnessPrograms:
    """Ours, from the installed package."""

    def python(self) -> Mapping[str, bytes]:
        """A Python package by file name; it wants Python 3.8 or newer and nothing else."""
        folder = resources.files("hexci.adapters.witness").joinpath("inside")
        return {name: folder.joinpath(name).read_bytes() for name in _FILES}
