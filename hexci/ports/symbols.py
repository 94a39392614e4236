"""Named parts of source files."""

from typing import Protocol


class Symbols(Protocol):
    """Finds functions, classes and other definitions by name."""

    def text(self, path: str, content: bytes, symbol: str) -> bytes | None:
        """The source of `symbol` (`name` or `Outer.inner`); None when the file defines none.

        Also None when the language of `path` is unknown.
        """
        ...
