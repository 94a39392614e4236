"""What is wrong with a manifest, at a path in its document; the reader knows line and column."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Which document a manifest is: the file and its number in it, from 0."""

    file: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that does not hold at `path` of the document `origin`. `fix` replaces its advice."""

    rule: str
    origin: Origin
    path: Path
    message: str
    fix: str = ""
