"""References in manifests: `${node.output}` is put in as data, never as text to be parsed again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hexci.domain.canonical import Json, canonical
from hexci.domain.manifests.types import name_of_type

_REFERENCE = re.compile(r"\$\{([^{}]*)\}")
_NAME = re.compile(r"\s*([A-Za-z_][\w-]*(?:/[\w-]+)*(?:\.[\w-]+)*)\s*")


@dataclass(frozen=True, slots=True)
class Reference:
    """`${parts[0].parts[1]…}`; the first part says where to look."""

    parts: tuple[str, ...]

    def __str__(self) -> str:
        return "${" + ".".join(self.parts) + "}"


@dataclass(frozen=True, slots=True)
class Joined:
    """Text with references in it: all are written as text."""

    pieces: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that holds references somewhere."""

    items: tuple["Template", ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping that holds references somewhere."""

    items: tuple[tuple[str, "Template"], ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value without any reference."""

    value: Json


Template = Reference | Joined | Listed | Mapped | Constant
# What a reference stands for. Raises KeyError where there is nothing.
Lookup = Callable[[Reference], Json]


def compiled(value: Json) -> Template:
    """`value` with its references parsed. Raises ValueError for one that is not of the form."""
    match value:
        case str():
            return _text(value) if "${" in value else Constant(value)
        case list():
            items = tuple(compiled(item) for item in value)
            plain = all(isinstance(item, Constant) for item in items)
            return Constant(value) if plain else Listed(items)
        case dict():
            pairs = tuple((key, compiled(item)) for key, item in value.items())
            plain = all(isinstance(item, Constant) for _, item in pairs)
            return Constant(value) if plain else Mapped(pairs)
    return Constant(value)


def type_of(template: Template) -> str:
    """The type of what a template gives; empty where only the run can tell."""
    match template:
        case Constant():
            return name_of_type(template.value)
        case Joined():
            return "string"
        case Listed():
            return "list"
        case Mapped():
            return "object"
    return ""


def references(template: Template) -> Iterator[Reference]:
    """Every reference in a template."""
    match template:
        case Reference():
            yield template
        case Joined():
            yield from (piece for piece in template.pieces if isinstance(piece, Reference))
        case Listed():
            for item in template.items:
                yield from references(item)
        case Mapped():
            for _, item in template.items:
                yield from references(item)


def resolved(template: Template, lookup: Lookup) -> Json:
    """The value of a template. What `lookup` raises is passed on."""
    match template:
        case Constant():
            return template.value
        case Reference():
            return lookup(template)
        case Joined():
            return "".join(
                piece if isinstance(piece, str) else _as_text(lookup(piece))
                for piece in template.pieces
            )
        case Listed():
            return [resolved(item, lookup) for item in template.items]
        case Mapped():
            return {key: resolved(item, lookup) for key, item in template.items}


def substituted(value: Json, lookup: Callable[[Reference], Json | None]) -> Json:
    """`value` with the references that `lookup` knows put in; others stay as they are.

    For macros: works on parsed data, so that an argument can never become structure.
    """
    match value:
        case str() if "${" in value:
            return _substituted_text(value, lookup)
        case list():
            return [substituted(item, lookup) for item in value]
        case dict():
            return {key: substituted(item, lookup) for key, item in value.items()}
    return value


def _substituted_text(text: str, lookup: Callable[[Reference], Json | None]) -> Json:
    template = _text(text)
    if isinstance(template, Reference):
        known = lookup(template)
        return text if known is None else known
    if not isinstance(template, Joined):
        return text
    pieces = [
        piece
        if isinstance(piece, str)
        else str(piece)
        if (known := lookup(piece)) is None
        else _as_text(known)
        for piece in template.pieces
    ]
    return "".join(pieces)


def _text(text: str) -> Template:
    pieces: list[str | Reference] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        if found.start() > end:
            pieces.append(_literal(text[end : found.start()]))
        name = _NAME.fullmatch(found[1])
        if name is None:
            raise ValueError(f"{found[0]!r} is no reference: say ${{node.output}}, nothing more")
        pieces.append(Reference(tuple(name[1].split("."))))
        end = found.end()
    if end < len(text):
        pieces.append(_literal(text[end:]))
    if len(pieces) == 1 and isinstance(pieces[0], Reference):
        return pieces[0]
    return Joined(tuple(pieces))


def _literal(text: str) -> str:
    if "${" in text:
        raise ValueError(f"a reference begins in {text[:40]!r} and has no end")
    return text


def _as_text(value: Json) -> str:
    match value:
        case str():
            return value
        case None:
            return ""
    return canonical(value).decode("utf-8", "surrogatepass")
