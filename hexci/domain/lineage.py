"""Runs that start runs: which began it, and how deep it is by now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lineage:
    """Below which run, below which first run, how deep."""

    run: str = ""
    root: str = ""
    depth: int = 0
