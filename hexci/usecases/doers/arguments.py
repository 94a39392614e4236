"""Arguments of a node once their references are resolved: each of its type, or told why not."""

from collections.abc import Mapping

from hexci.domain.canonical import Json, canonical
from hexci.errors import BadInputError


def text(arguments: Mapping[str, Json], name: str) -> str:
    """A text; numbers and truths as they are written; empty for nothing."""
    return as_text(arguments.get(name), name)


def words(arguments: Mapping[str, Json], name: str) -> tuple[str, ...]:
    """A list of texts."""
    value = arguments.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadInputError(f"{name} is to be a list, not {value!r}")
    return tuple(as_text(item, name) for item in value)


def flag(arguments: Mapping[str, Json], name: str) -> bool:
    """True or false."""
    value = arguments.get(name, False)
    if not isinstance(value, bool):
        raise BadInputError(f"{name} is to be true or false, not {value!r}")
    return value


def number(arguments: Mapping[str, Json], name: str) -> int | None:
    """A whole number, or nothing."""
    value = arguments.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise BadInputError(f"{name} is to be a whole number, not {value!r}")


def command_of(arguments: Mapping[str, Json]) -> tuple[str, ...]:
    """A command's words; a list or mapping is one word, as JSON, as inside a longer text."""
    words_of = arguments.get("argv")
    return tuple(
        canonical(word).decode() if isinstance(word, list | dict) else as_text(word, "argv")
        for word in (words_of if isinstance(words_of, list) else ())
    )


def as_text(value: Json, name: str) -> str:
    """A plain value as text. Raises BadInputError for a list or mapping."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
    raise BadInputError(f"{name} is to be a text, not {value!r}")
