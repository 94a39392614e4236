"""A workflow file as plain data, with the place of everything in it."""

from collections.abc import Callable
from dataclasses import dataclass

from hexci.domain.canonical import Json

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file. `place` gives line and column, from 1, of the nearest thing to a path."""

    path: str
    data: Json
    place: Callable[[Where], tuple[int, int]]
    text: str

    def at(self, where: Where, shown: str = "") -> tuple[int, int]:
        """Line and column of what stands at `where`; of the text `shown` in it, where given."""
        line, column = self.place(where)
        wanted = shown.strip().partition("\n")[0]
        if wanted:
            for number, text in enumerate(self.text.splitlines()[line - 1 :], start=line):
                if wanted in text:
                    return number, text.index(wanted) + 1
        return line, column


def text_of(value: Json) -> str:
    """A scalar as the runner reads it; empty for what is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def texts_of(value: Json) -> dict[str, str]:
    """A mapping of scalars; empty for anything else."""
    return {k: text_of(v) for k, v in value.items()} if isinstance(value, dict) else {}
