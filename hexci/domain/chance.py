"""Numbers that look random and are the same on every machine and in every Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_One = TypeVar("_One")


class Chance:
    """A stream of numbers made from a seed by SHA-256 in counter mode. Not for secrets."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def random(self) -> float:
        """A number from 0 up to, not including, 1."""
        self._count += 1
        word = hashlib.sha256(f"{self._seed} {self._count}".encode()).digest()[:6]
        return int.from_bytes(word) / 2**48

    def randrange(self, stop: int) -> int:
        """A whole number from 0 up to, not including, `stop` (at most 2**40)."""
        return int(self.random() * stop)

    def choice(self, sequence: Sequence[_One]) -> _One:
        """One of a sequence that is not empty."""
        return sequence[self.randrange(len(sequence))]
