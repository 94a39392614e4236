"""Validation errors as `file:line:col: what is true`, all at once, with a suggestion."""

import json
from difflib import get_close_matches
from typing import TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from hexci.adapters.manifests.documents import Document
from hexci.errors import BadInputError


class Strict(BaseModel):
    """A model that knows its keys and does not guess types."""

    # built when first used: a run needs few of the kinds, and start-up is a feature
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


Model = TypeVar("Model", bound=Strict)


def validated(model: type[Model], document: Document) -> Model:
    """The document as `model`. Raises BadInputError listing every problem with its place."""
    try:
        return model.model_validate_json(json.dumps(document.data))
    except ValidationError as error:
        complaints = [
            f"{document.at(item['loc'])}: {_said(item['loc'], item['type'], item['msg'], model)}"
            for item in error.errors()
        ]
        raise BadInputError("\n".join(complaints)) from error


def _said(loc: tuple[str | int, ...], kind: str, message: str, model: type[Strict]) -> str:
    dotted = ".".join(str(part) for part in loc) or "the document"
    return f"{dotted}: {complaint(loc, kind, message, model)}"


def complaint(loc: tuple[str | int, ...], kind: str, message: str, model: type[Strict]) -> str:
    """What a validator says about `loc`, in our words and with a suggestion."""
    if kind != "extra_forbidden":
        return f"{message[:1].lower()}{message[1:]}"
    known = _keys_at(model, loc[:-1])
    near = get_close_matches(str(loc[-1]), known, n=1)
    advice = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(sorted(known))}"
    return f"unknown key; {advice}"


def _keys_at(model: type[Strict], path: tuple[str | int, ...]) -> list[str]:
    """The keys that the model knows at `path`; mappings by name and lists are looked through."""
    here: list[type[Strict]] = [model]
    for part in path:
        fields = [m.model_fields[str(part)].annotation for m in here if str(part) in m.model_fields]
        here = [inner for annotation in fields for inner in _models_in(annotation)] or here
    return [field.alias or name for m in here for name, field in m.model_fields.items()]


def _models_in(annotation: object) -> list[type[Strict]]:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return [annotation]
    return [inner for argument in get_args(annotation) for inner in _models_in(argument)]
