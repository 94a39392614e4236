"""Who somebody is here, and where decisions about them are written down."""

from collections.abc import Mapping
from typing import Protocol

from hexci.domain.canonical import Json


class Roles(Protocol):
    """What people may do, by whoever decides that."""

    def role(self, actor: str) -> str:
        """One of `ROLES`; `none` for somebody unknown."""
        ...


class Audit(Protocol):
    """Decisions, each a line of a note on the commit it was about."""

    def write(self, commit: str, line: Mapping[str, Json]) -> None:
        """Adds a line; never loses one that somebody else adds at the same time."""
        ...

    def commits(self) -> tuple[str, ...]:
        """The commits that something was decided about, sorted."""
        ...

    def lines(self, commit: str) -> tuple[Mapping[str, Json], ...]:
        """All lines of a commit, oldest first; unreadable ones left out."""
        ...
