"""A run's append-only log: events chained by digest, every start with exactly one end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexci.domain.canonical import Json, canonical, digest

GENESIS = "sha256:" + "0" * 64
_STARTED = ".started"
_ENDED = ".ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `span` joins a start with its end; `prev` is the digest of the line before."""

    seq: int
    at: str
    type: str
    span: str
    data: Mapping[str, Json]
    prev: str

    @property
    def line(self) -> bytes:
        """The event's one line, without a line end."""
        return canonical(
            {
                "seq": self.seq,
                "at": self.at,
                "type": self.type,
                "span": self.span,
                "data": dict(self.data),
                "prev": self.prev,
            }
        )

    @property
    def digest(self) -> str:
        """What the next event carries as `prev`."""
        return digest(self.line)


@dataclass(frozen=True, slots=True)
class Journal:
    """All events of one run, oldest first."""

    entries: tuple[Entry, ...] = ()

    def add(self, kind: str, span: str, at: str, **data: Json) -> "Journal":
        """This journal with one more event.

        Raises ValueError for an end without an open start, and for a span started twice.
        """
        open_spans = self.open_spans
        if kind.endswith(_ENDED) and (span, kind.removesuffix(_ENDED)) not in open_spans:
            raise ValueError(f"{kind} of {span!r} has no open start")
        if kind.endswith(_STARTED) and any(span == name for name, _ in open_spans):
            raise ValueError(f"{span!r} is already open")
        prev = self.entries[-1].digest if self.entries else GENESIS
        entry = Entry(len(self.entries) + 1, at, kind, span, data, prev)
        return Journal((*self.entries, entry))

    @property
    def open_spans(self) -> tuple[tuple[str, str], ...]:
        """(span, what) of every start that has no end yet, outermost first."""
        found: dict[tuple[str, str], None] = {}
        for entry in self.entries:
            if entry.type.endswith(_STARTED):
                found[entry.span, entry.type.removesuffix(_STARTED)] = None
            elif entry.type.endswith(_ENDED):
                found.pop((entry.span, entry.type.removesuffix(_ENDED)), None)
        return tuple(found)

    def close_all(self, at: str, status: str) -> "Journal":
        """Ends whatever is open, innermost first, with `status`."""
        journal = self
        for span, what in reversed(self.open_spans):
            journal = journal.add(f"{what}{_ENDED}", span, at, status=status)
        return journal

    @property
    def text(self) -> bytes:
        """The file `events.ndjson`."""
        return b"".join(entry.line + b"\n" for entry in self.entries)


def first_break(entries: Iterable[Entry]) -> int | None:
    """The `seq` at which the chain is broken, None when it holds."""
    prev = GENESIS
    for number, entry in enumerate(entries, start=1):
        if entry.prev != prev or entry.seq != number:
            return number
        prev = entry.digest
    return None
