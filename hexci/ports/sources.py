"""The files to analyze: a work tree, an index or a commit."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from hexci.domain.boundaries.kinds import Extract


class Sources(Protocol):
    """One tree of files, each known by the SHA of its content."""

    def listing(self) -> Mapping[str, str]:
        """Path → blob SHA of every regular file (symlinks and submodules left out)."""
        ...

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The content of some files of the listing; what is gone is left out.

        In their order, but for those that are harder to get, which come last.
        """
        ...


class FullParser(Protocol):
    """A real parser for every language we know."""

    def parse(self, language: str, path: str, data: bytes) -> Extract:
        """What a file says, as far as it can be read; problems say what could not."""
        ...
