"""deptrac: layers by folder, and who may depend on whom."""

from typing import Any

import yaml

from hexci.adapters.migrations.reading import Proposal
from hexci.errors import BadInputError

_FOLDER_KINDS = ("directory", "glob")


def read(name: str, text: bytes) -> Proposal | None:
    """The proposal."""
    try:
        top = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInputError(f"{name}: {error}") from error
    top = top if isinstance(top, dict) else {}
    table: dict[str, Any] = top.get("deptrac") or top.get("parameters") or top
    proposal = Proposal()
    groups = {layer["name"]: _folders(layer, proposal) for layer in table.get("layers", [])}
    groups = {layer: folders for layer, folders in groups.items() if folders}
    proposal.spec["groups"] = {layer: [*folders] for layer, folders in groups.items()}
    ruleset: dict[str, Any] = table.get("ruleset") or {}
    for layer in groups:
        allowed = {name.removeprefix("+") for name in ruleset.get(layer) or []}
        refused = [other for other in groups if other not in allowed | {layer}]
        if refused:
            rule = {"type": "forbidden", "name": f"{layer} depends on what it may"}
            proposal.rules.append({**rule, "from": layer, "to": [*refused]})
    return proposal


def _folders(layer: dict[str, Any], proposal: Proposal) -> list[str]:
    found = []
    for collector in layer.get("collectors", []):
        value = collector.get("value", collector.get("regex", ""))
        if collector.get("type") in _FOLDER_KINDS and isinstance(value, str):
            text = value.strip("#/^$").replace("\\/", "/").removesuffix(".*").rstrip("/")
            found.append(text if "/" in text else f"{text}/")
        else:
            proposal.left_out.append(f"a collector of the layer {layer.get('name')!r}")
    return found
