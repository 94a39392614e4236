"""YAML as plain data with the place of every key; nothing is constructed, nothing runs.

Tags, aliases, merge keys, duplicate keys, several documents and oversized input are errors with
`file:line:col`. Scalars resolve by YAML 1.2's core types: only true/false are booleans, so `on`
and `no` stay words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from hexci.domain.canonical import Json
from hexci.errors import BadInputError

_MOST_BYTES = 1_000_000
_DEEPEST = 50
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?\d+")
_FLOAT = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?")
_WORDS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# styles of scalars that are text whatever they spell
_QUOTED = frozenset("'\"|>")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, and (line, column) from 1 of every value by its path of keys and indexes."""

    name: str
    data: Json
    places: dict[tuple[str | int, ...], Place] = field(default_factory=dict)

    def at(self, path: tuple[str | int, ...]) -> str:
        """`file:line:col` of the nearest thing to `path` that is in the document."""
        while path not in self.places and path:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return f"{self.name}:{line}:{column}"


def read(text: bytes, name: str) -> Document:
    """The one document in `text`. Raises BadInputError with its place for anything else."""
    if len(text) > _MOST_BYTES:
        raise BadInputError(f"{name}:1:1: the file is larger than {_MOST_BYTES:,} bytes")
    try:
        source = text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise BadInputError(f"{name}:{line}:1: the file is not UTF-8") from error
    try:
        _refuse_active_parts(source, name)
        node = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise BadInputError(f"{name}:{place}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise BadInputError(f"{name}:1:1: {error}") from error
    document = Document(name, None)
    data = _plain(node, (), document) if node is not None else None
    return Document(name, data, document.places)


def _refuse_active_parts(source: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        mark = event.start_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadInputError(f"{place}: anchors and aliases are not allowed", "Write it out.")
        if getattr(event, "tag", None) not in {None, "!"}:
            raise BadInputError(f"{place}: a tag is not allowed", "Remove it.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BadInputError(f"{place}: nested deeper than {_DEEPEST} levels")


def _plain(node: yaml.Node, path: tuple[str | int, ...], document: Document) -> Json:
    document.places.setdefault(path, _place(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, n), document) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        data = {}
        for key, key_place, value in _pairs(node, document):
            # an error is best read at its key, wherever the value begins
            document.places[*path, key] = key_place
            data[key] = _plain(value, (*path, key), document)
        return data
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there is no fourth kind
    return _scalar(node)


def _pairs(node: yaml.MappingNode, document: Document) -> Iterator[tuple[str, Place, yaml.Node]]:
    seen: set[str] = set()
    for key_node, value in node.value:
        line, column = _place(key_node)
        place = f"{document.name}:{line}:{column}"
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadInputError(f"{place}: a key must be a plain word")
        if key_node.value in seen:
            raise BadInputError(f"{place}: the key {key_node.value!r} stands here twice")
        seen.add(key_node.value)
        yield key_node.value, (line, column), value


def _place(node: yaml.Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _scalar(node: yaml.ScalarNode) -> Json:
    text: str = node.value
    if node.style in _QUOTED:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
