"""Which records govern which paths."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hexci.domain.globs import matches
from hexci.domain.ledger.record import Record

_WILD = "*?["


@dataclass(frozen=True, slots=True)
class Match:
    """A record's glob that matches a path."""

    record: Record
    glob: str
    path: str

    @property
    def specificity(self) -> tuple[int, int]:
        """Larger is more specific: the literal beginning, then the whole glob."""
        return (len(literal_beginning(self.glob)), len(self.glob))


def path_glob(glob: str) -> str:
    """The part of a `governs` entry that names paths: `path::symbol` without the symbol."""
    return glob.partition("::")[0]


def literal_beginning(glob: str) -> str:
    """What every matching path begins with; empty when nothing is certain."""
    text = path_glob(glob).removeprefix("/")
    if "/" not in path_glob(glob).rstrip("/"):
        return ""
    first = min((text.find(c) for c in _WILD if c in text), default=len(text))
    return text[:first]


def governed(glob: str, paths: Iterable[str]) -> list[str]:
    """The paths that a `governs` entry matches, in their order."""
    start = literal_beginning(glob)
    globs = (path_glob(glob),)
    return [path for path in paths if path.startswith(start) and matches(path, globs)]


def matches_of(records: Iterable[Record], paths: Collection[str]) -> Iterator[Match]:
    """Every match, records in their order, one a (record, glob, path)."""
    for record in records:
        for glob in record.items("governs"):
            for path in governed(glob, paths):
                yield Match(record, glob, path)
