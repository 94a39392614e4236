"""What a change does to files outside the ledger, as far as decisions are concerned."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AddedLine:
    """One line that a change adds to a text file."""

    path: str
    line: int
    text: str


def _nothing() -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class CodeChange:
    """`gone` are paths that the change deletes; `files` lists all tracked paths of the new side.

    `files` is called only when a rule needs it.
    """

    added: tuple[AddedLine, ...] = ()
    gone: tuple[str, ...] = ()
    files: Callable[[], tuple[str, ...]] = field(default=_nothing)
