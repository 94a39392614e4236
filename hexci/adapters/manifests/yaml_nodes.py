"""YAML as plain data with the place of every key; nothing is constructed, nothing runs.

Tags, merge keys, duplicate keys, oversized input and what grows out of bounds are errors with
`file:line:col`. Scalars resolve by YAML 1.2's core types: only true/false are booleans, so `on`
and `no` stay words. Places are worked out in a second pass, when one is asked for.
"""

from collections.abc import Callable
from typing import Any, cast

import yaml

from hexci.adapters.manifests.documents import WORDS, Document, Path, Places, is_number, number
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

_MOST_BYTES = 1_000_000
_DEEPEST = 50
# Values of one document once its aliases are written out: what an anchor bomb would multiply.
_MOST_VALUES = 100_000
# Digits of a number; longer ones are exact in no JSON reader.
_MOST_DIGITS = 18
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# styles of scalars that are text whatever they spell
_QUOTED = frozenset("'\"|>")


def read(text: bytes, name: str) -> Document:
    """The one document in `text`, without anchors.

    Raises BadInputError with its place for anything else.
    """
    found = _parsed(text, name, anchors=False)
    if len(found) > 1:
        raise BadInputError(f"{name}:{found[1].at(())[len(name) + 1 :]}: one document is expected")
    return found[0] if found else Document(name, None, {})


def read_all(text: bytes, name: str) -> tuple[Document, ...]:
    """Every document in `text` that is not empty; aliases are written out within bounds.

    Raises BadInputError with its place for what cannot be read.
    """
    return tuple(found for found in _parsed(text, name, anchors=True) if found.data is not None)


def _parsed(text: bytes, name: str, *, anchors: bool) -> list[Document]:
    if len(text) > _MOST_BYTES:
        raise BadInputError(f"{name}:1:1: the file is larger than {_MOST_BYTES:,} bytes")
    try:
        source = text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise BadInputError(f"{name}:{line}:1: the file is not UTF-8") from error
    return [
        Document(name, data, lambda n=number: _located(source, name, n, anchors=anchors))  # type: ignore[misc]
        for number, data in enumerate(_data(source, name, None, anchors=anchors))
    ]


def _located(source: str, name: str, number: int, *, anchors: bool) -> Places:
    places: list[Places] = []
    _data(source, name, places, anchors=anchors)
    return places[number]


def _data(source: str, name: str, places: list[Places] | None, *, anchors: bool) -> list[Json]:
    try:
        return _Composer(source, name, places, anchors=anchors).documents()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise BadInputError(f"{name}:{place}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise BadInputError(f"{name}:1:1: {error}") from error


class _Composer:
    """Builds plain data straight from the parser's events."""

    def __init__(
        self, source: str, name: str, places: list[Places] | None, *, anchors: bool
    ) -> None:
        loader = _LOADER(source)
        self._next: Callable[[], Any] = loader.get_event
        self._name = name
        self._all_places = places
        self._places: Places | None = None
        self._may_anchor = anchors
        self._anchored: dict[str, tuple[Json, int]] = {}
        self._count = 0

    def documents(self) -> list[Json]:
        found: list[Json] = []
        self._next()  # the stream's start
        while not isinstance(self._next(), yaml.StreamEndEvent):
            self._anchored, self._count = {}, 0
            if self._all_places is not None:
                self._places = {}
                self._all_places.append(self._places)
            found.append(self._value(self._next(), (), 0))
            self._next()  # the document's end
        return found

    def _value(self, event: Any, path: Path, depth: int) -> Json:
        places = self._places
        if places is not None:
            mark = event.start_mark
            places.setdefault(path, (mark.line + 1, mark.column + 1))
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._aliased(event)
        if event.anchor is not None and not self._may_anchor:
            raise BadInputError(self._said(event, "anchors and aliases are not allowed"))
        if event.tag is not None and event.tag != "!":
            raise BadInputError(self._said(event, "a tag is not allowed"), "Remove it.")
        before = self._count
        self._count += 1
        data: Json
        if kind is yaml.ScalarEvent:
            data = event.value if event.style in _QUOTED else self._scalar(event)
        elif depth >= _DEEPEST:
            raise BadInputError(self._said(event, f"nested deeper than {_DEEPEST} levels"))
        elif kind is yaml.MappingStartEvent:
            data = self._mapping(path, depth + 1)
        else:
            data = self._sequence(path, depth + 1)
        if self._count > _MOST_VALUES:
            raise BadInputError(self._said(event, f"more than {_MOST_VALUES:,} values"))
        if event.anchor is not None:
            self._anchored[event.anchor] = (data, self._count - before)
        return data

    def _mapping(self, path: Path, depth: int) -> dict[str, Json]:
        data: dict[str, Json] = {}
        following, value, places = self._next, self._value, self._places
        while type(event := following()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise BadInputError(self._said(event, "a key must be a plain word"))
            key: str = event.value
            if event.tag is not None or event.anchor is not None or key == "<<":
                said = "merge keys are not allowed" if key == "<<" else "a key is a plain word"
                raise BadInputError(self._said(event, said), "Write it out.")
            if key in data:
                raise BadInputError(self._said(event, f"the key {key!r} stands here twice"))
            if places is None:
                data[key] = value(following(), (), depth)
            else:
                # an error is best read at its key, wherever the value begins
                mark = cast("yaml.Mark", event.start_mark)
                places[*path, key] = (mark.line + 1, mark.column + 1)
                data[key] = value(following(), (*path, key), depth)
        return data

    def _sequence(self, path: Path, depth: int) -> list[Json]:
        data: list[Json] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            inside = path if self._places is None else (*path, len(data))
            data.append(self._value(event, inside, depth))
        return data

    def _aliased(self, event: Any) -> Json:
        if not self._may_anchor:
            raise BadInputError(self._said(event, "anchors and aliases are not allowed"))
        if event.anchor not in self._anchored:
            raise BadInputError(self._said(event, f"there is no anchor &{event.anchor} before"))
        data, size = self._anchored[event.anchor]
        self._count += size
        if self._count > _MOST_VALUES:
            said = f"more than {_MOST_VALUES:,} values once aliases are written out"
            raise BadInputError(self._said(event, said))
        return data

    def _scalar(self, event: Any) -> Json:
        text: str = event.value
        if text in WORDS:
            return WORDS[text]
        if not is_number(text):
            return text
        if len(text) > _MOST_DIGITS + 6:
            raise BadInputError(self._said(event, f"a number of over {_MOST_DIGITS} digits"))
        value = number(text)
        if value in {float("inf"), float("-inf")}:
            raise BadInputError(self._said(event, "the number is too large"))
        return value

    def _said(self, event: Any, message: str) -> str:
        mark = event.start_mark
        return f"{self._name}:{mark.line + 1}:{mark.column + 1}: {message}"
