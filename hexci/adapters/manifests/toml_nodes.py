"""A table of a TOML file as plain data, with the place of every key."""

import re

from hexci.adapters.manifests.documents import Document, Place
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(text: bytes, name: str) -> Document:
    """The whole file. Raises BadInputError with the place of a syntax error."""
    import tomllib  # noqa: PLC0415 - most repositories use YAML

    try:
        source = text.decode()
        data: Json = tomllib.loads(source)
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise BadInputError(f"{name}:{line}:1: the file is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        where = f"{at[1]}:{at[2]}" if at else "1:1"
        said = _AT.sub("", str(error)).strip()
        raise BadInputError(f"{name}:{where}: {said}") from error
    return Document(name, data, _places(source))


def _places(source: str) -> dict[Path, Place]:
    """Where headers and keys stand; what is inside inline tables stands at its key."""
    places: dict[Path, Place] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(source.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _entered(header[2], header[1] == "[[", counts)
            places.setdefault(table, (number, header.start(1) + 1))
        elif key := _KEY.match(line):
            for end in range(1, len(_parts(key[1])) + 1):
                path = (*table, *_parts(key[1])[:end])
                places.setdefault(path, (number, key.start(1) + 1))
    return places


def _entered(name: str, several: bool, counts: dict[Path, int]) -> Path:  # noqa: FBT001
    path: Path = ()
    parts = _parts(name)
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, parts[-1])
    if several:
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
