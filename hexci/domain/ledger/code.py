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


def _no_symbol(path: str, symbol: str) -> bytes | None:  # noqa: ARG001 - the form of the question
    return None


@dataclass(frozen=True, slots=True)
class CodeChange:
    """`gone` are paths that the change deletes, `changed` all that it touches.

    Called only when a rule needs them: `files` lists all tracked paths of the new side; `before`
    and `after` give the text of a symbol (`path`, `symbol`) on either side, None without one.
    """

    added: tuple[AddedLine, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    files: Callable[[], tuple[str, ...]] = field(default=_nothing)
    before: Callable[[str, str], bytes | None] = field(default=_no_symbol)
    after: Callable[[str, str], bytes | None] = field(default=_no_symbol)
