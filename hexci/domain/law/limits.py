"""What may be used at most, and what has been: ceilings merge to the smallest."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Amounts:
    """What calls used or could use at worst: of models, of tools, of a change."""

    usd: float = 0.0
    tokens: int = 0
    calls: int = 0
    tool_calls: int = 0
    files: int = 0
    lines: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.usd + other.usd, self.tokens + other.tokens, self.calls + other.calls,
            self.tool_calls + other.tool_calls, self.files + other.files, self.lines + other.lines,
        )  # fmt: skip

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.usd - other.usd, self.tokens - other.tokens, self.calls - other.calls,
            self.tool_calls - other.tool_calls, self.files - other.files, self.lines - other.lines,
        )  # fmt: skip


NOTHING = Amounts()
_NAMES = tuple(part.name for part in fields(Amounts))
# the parts of a ceiling, and what manifests call them
LIMITS = MappingProxyType({**{name: f"max_{name}" for name in _NAMES}, "seconds": "timeout"})


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most of each; None: not limited here. `seconds` is wall clock."""

    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None
    tool_calls: int | None = None
    files: int | None = None
    lines: int | None = None
    seconds: float | None = None
    origin: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is limited here (time apart)."""
        return all(getattr(self, name) is None for name in _NAMES)

    def excess(self, used: Amounts, asked: Amounts) -> str:
        """Why `asked` on top of `used` would be too much; empty when it would not."""
        for name in _NAMES:
            most = getattr(self, name)
            more = getattr(asked, name)
            if most is not None and more > 0 and getattr(used, name) + more > most:
                left = max(0, most - getattr(used, name))
                return (f"{self.origin or 'the limit'}: max_{name} {most:g}: {left:g} left, "
                        f"{more:g} could be used")  # fmt: skip
        return ""

    def left(self, used: Amounts) -> "Ceiling":
        """What may still be used."""
        rest: dict[str, float | None] = {}
        for name in _NAMES:
            most = getattr(self, name)
            rest[name] = None if most is None else max(0, most - getattr(used, name))
        return Ceiling(**rest, seconds=self.seconds, origin=self.origin)  # type: ignore[arg-type]


def smallest(ceilings: Iterable[Ceiling]) -> Ceiling:
    """The smallest of each limit; None only where no place states one."""
    several = list(ceilings)
    merged: dict[str, float] = {}
    for name in (*_NAMES, "seconds"):
        stated = [value for c in several if (value := getattr(c, name)) is not None]
        if stated:
            merged[name] = min(stated)
    return Ceiling(**merged)  # type: ignore[arg-type]
