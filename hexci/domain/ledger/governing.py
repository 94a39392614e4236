"""Which records govern which paths: `governs` read as a .gitignore is, with `path::symbol`."""

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


def symbol_of(entry: str) -> str:
    """The symbol of `path::symbol`, empty when the whole path is meant."""
    return entry.partition("::")[2]


def literal_beginning(glob: str) -> str:
    """What every matching path begins with; empty when nothing is certain."""
    text = path_glob(glob).removeprefix("/")
    if "/" not in path_glob(glob).rstrip("/"):
        return ""
    first = min((text.find(c) for c in _WILD if c in text), default=len(text))
    return text[:first]


def positive(entries: Iterable[str]) -> list[str]:
    """The entries that govern something; those that begin with `!` take paths out again."""
    return [entry for entry in entries if not entry.startswith("!")]


def governed(glob: str, paths: Iterable[str], entries: tuple[str, ...] = ()) -> list[str]:
    """The paths that a `governs` entry matches, in their order, files below a folder included.

    `entries` are all of the record: a path that a later `!entry` matches is left out. A path may
    be asked for as `path::symbol`; another symbol of the file is then no match.
    """
    start = literal_beginning(glob).rstrip("/")
    globs = _with_folder(path_glob(glob))
    after = entries[entries.index(glob) + 1 :] if glob in entries else ()
    out = [g for entry in after if entry.startswith("!") for g in _with_folder(entry[1:])]
    return [
        path
        for path in paths
        if path.startswith(start)
        and matches(path_glob(path), globs)
        and not (out and matches(path_glob(path), out))
        and _same_symbol(symbol_of(glob), symbol_of(path))
    ]


def matches_of(records: Iterable[Record], paths: Collection[str]) -> Iterator[Match]:
    """Every match, records in their order, one a (record, glob, path)."""
    for record in records:
        entries = record.items("governs")
        for glob in positive(entries):
            for path in governed(glob, paths, entries):
                yield Match(record, glob, path)


def _with_folder(glob: str) -> tuple[str, str]:
    whole = glob.rstrip("/")
    return (glob, f"{whole}/**" if "/" in whole else f"**/{whole}/**")


def _same_symbol(governed_one: str, asked: str) -> bool:
    if not (governed_one and asked) or governed_one == asked:
        return True
    return asked.startswith(f"{governed_one}.") or governed_one.startswith(f"{asked}.")
