"""The programs that watch and repeat calls inside a room, as bytes to be laid into it."""

from collections.abc import Mapping
from importlib import resources

_FILES = (
    "__init__.py", "calls.py", "machine.py", "neighbours.py", "repeating.py", "stubbing.py",
    "watching.py", "worlds.py",
)  # fmt: skip


class WitnessPrograms:
    """Ours, from the installed package."""

    def python(self) -> Mapping[str, bytes]:
        """A Python package by file name; it wants Python 3.8 or newer and nothing else."""
        return {name: _text_of(name) for name in _FILES}

    def node(self) -> bytes:
        """A CommonJS script for Node 18 or newer."""
        return _text_of("elsewhere.cjs")


def _text_of(name: str) -> bytes:
    return resources.files("hexci.adapters.witness").joinpath("inside", name).read_bytes()
