"""What whoever starts a run takes away from it: limits and capabilities. It can only narrow."""

from dataclasses import dataclass

from hexci.domain.canonical import Json
from hexci.domain.law.caps import CapLayer, parse_cap
from hexci.domain.law.limits import LIMITS, Ceiling
from hexci.errors import BadInputError

COMMAND_LINE = "the command line"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`limits` are `NAME=N`, `denied` capabilities; as they were written."""

    limits: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()

    @property
    def ceiling(self) -> Ceiling:
        """The limits. Raises BadInputError for one that is none."""
        stated = dict(_limit(text) for text in self.limits)
        return Ceiling(**stated, origin=COMMAND_LINE)  # type: ignore[arg-type]

    @property
    def layer(self) -> CapLayer:
        """The denials. Raises BadInputError for an unknown capability."""
        try:
            return CapLayer(COMMAND_LINE, None, tuple(parse_cap(text) for text in self.denied))
        except ValueError as error:
            raise BadInputError(f"--deny: {error}", "See: hexci explain caps") from error


NOT_NARROWED = Narrowed()


def read_narrowed(value: Json) -> Narrowed:
    """What a record says; a record that does not say it as it should is not gone on with.

    Raises BadInputError then: to guess would be to widen.
    """
    if value is None:
        return NOT_NARROWED
    match value:
        case {"limits": list(limits), "denied": list(denied)} if all(
            isinstance(text, str) for text in (*limits, *denied)
        ):
            return Narrowed(tuple(map(str, limits)), tuple(map(str, denied)))
    raise BadInputError("the record does not say what the run was narrowed to")


def _limit(text: str) -> tuple[str, float]:
    parts = {name: part for part, name in LIMITS.items()}
    name, _, number = text.partition("=")
    if name not in parts:
        raise BadInputError(f"there is no limit {name!r}", f"One of: {', '.join(parts)}")
    whole = parts[name] not in {"usd", "seconds"}
    try:
        value = int(number) if whole else float(number)
    except ValueError as error:
        raise BadInputError(f"--limit {text}: {number!r} is no number") from error
    if not 0 <= value < float("inf"):
        raise BadInputError(f"--limit {text}: a limit is a number from 0")
    return parts[name], value
