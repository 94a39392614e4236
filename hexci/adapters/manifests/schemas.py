"""JSON Schemas of the kinds, for editors and other programs; made from the models."""

import json

from hexci.adapters.manifests.kinds import MODELS
from hexci.domain.canonical import Json

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
UNION = "hexci.json"


def schema_of(kind: str) -> dict[str, Json]:
    """The schema of one kind. Raises KeyError for an unknown one."""
    body: dict[str, Json] = MODELS[kind].model_json_schema(by_alias=True)
    return {"$schema": _DIALECT, "title": f"hexci {kind}", **{
        key: value for key, value in body.items() if key != "title"
    }}  # fmt: skip


def schema_files() -> dict[str, str]:
    """File name → text: one for each kind and `hexci.json` for any of them."""
    files = {f"{kind}.json": schema_of(kind) for kind in MODELS}
    union: dict[str, Json] = {
        "$schema": _DIALECT,
        "title": "hexci manifest",
        "oneOf": [{"$ref": f"{kind}.json"} for kind in MODELS],
    }
    return {name: as_text(body) for name, body in {**files, UNION: union}.items()}


def as_text(schema: dict[str, Json]) -> str:
    """A schema as it is written to a file."""
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def described(path: str) -> str:
    """What `Kind.field.field` is: its words, its type, what is inside.

    Raises KeyError (the part that is not there) where there is no such kind or field.
    """
    kind, *parts = path.split(".")
    schema = schema_of(kind)
    definitions = schema.get("$defs")
    known = definitions if isinstance(definitions, dict) else {}
    here: Json = schema
    for part in parts:
        here = _inside(here, part, known)
    inner = _properties(here, known)
    lines = [f"# {path}", "", _said(here, known) or "(see what it is made of)"]
    if inner:
        lines += ["", "Fields:", ""]
        lines += [f"  {name:16} {_line(body, known)}" for name, body in inner.items()]
    return "\n".join(lines) + "\n"


def _inside(here: Json, part: str, known: dict[str, Json]) -> Json:
    properties = _properties(here, known)
    if part in properties:
        return properties[part]
    for body in _branches(here, known):  # a mapping by free names: any name will do
        values = body.get("additionalProperties", body.get("patternProperties"))
        if isinstance(values, dict) and values:
            first = next(iter(values.values()))
            return first if "patternProperties" in body and isinstance(first, dict) else values
    raise KeyError(part)


def _branches(here: Json, known: dict[str, Json]) -> list[dict[str, Json]]:
    if not isinstance(here, dict):
        return []
    reference = here.get("$ref")
    if isinstance(reference, str):
        return _branches(known.get(reference.rpartition("/")[2]), known)
    several = here.get("anyOf")
    if isinstance(several, list):
        return [branch for item in several for branch in _branches(item, known)]
    return [here]


def _properties(here: Json, known: dict[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for branch in _branches(here, known):
        inner = branch.get("properties")
        found.update(inner if isinstance(inner, dict) else {})
    return found


def _said(here: Json, known: dict[str, Json]) -> str:
    words = [str(branch["description"]) for branch in _branches(here, known)
             if "description" in branch]  # fmt: skip
    own = [str(here["description"])] if isinstance(here, dict) and "description" in here else []
    return " ".join(dict.fromkeys([*own, *words, _type(here, known)])).strip()


def _line(body: Json, known: dict[str, Json]) -> str:
    default = body.get("default") if isinstance(body, dict) else None
    shown = "" if default in (None, "", [], {}) else f" (default {json.dumps(default)})"
    return f"{_type(body, known)}{shown}"


def _type(here: Json, known: dict[str, Json]) -> str:
    words = []
    for branch in _branches(here, known):
        choices = branch.get("enum", branch.get("const"))
        if choices is not None:
            listed = choices if isinstance(choices, list) else [choices]
            words.append("|".join(map(str, listed)))
        elif branch.get("type") != "null":
            words.append(str(branch.get("type", "anything")))
    return " or ".join(dict.fromkeys(words))
