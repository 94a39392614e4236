"""The life of a decision: which status may follow which."""

from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Where a record stands. The closed list; nothing else is a status."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    REJECTED = "rejected"
    ABANDONED = "abandoned"
    SUPERSEDED = "superseded"
    DEPRECATED = "deprecated"

    @property
    def decided(self) -> bool:
        """Whether the record is part of what was decided: it may only grow from here."""
        return self is not Status.PROPOSED

    @property
    def in_force(self) -> bool:
        """Whether the record binds today."""
        return self in {Status.ACCEPTED, Status.COMPLETED}

    @property
    def was_accepted(self) -> bool:
        """Whether the record binds, or once did."""
        return self.in_force or self in {Status.SUPERSEDED, Status.DEPRECATED}


_RETIRING = frozenset({Status.SUPERSEDED, Status.DEPRECATED})
TRANSITIONS = MappingProxyType(
    {
        Status.PROPOSED: frozenset({Status.ACCEPTED, Status.REJECTED, Status.ABANDONED}),
        Status.ACCEPTED: _RETIRING | {Status.COMPLETED},
        Status.COMPLETED: _RETIRING,
        Status.REJECTED: frozenset(),
        Status.ABANDONED: frozenset(),
        Status.SUPERSEDED: frozenset(),
        Status.DEPRECATED: frozenset(),
    }
)


def is_legal(old: Status, new: Status) -> bool:
    """Whether one landing may take a record from `old` to `new`; staying is always legal."""
    return old is new or new in TRANSITIONS[old]
