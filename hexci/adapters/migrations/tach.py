"""tach: `tach.toml`."""

import tomllib
from typing import Any

from hexci.adapters.migrations.reading import Proposal
from hexci.domain.canonical import Json
from hexci.errors import BadInputError

_ROOT = "<root>"


def read(name: str, text: bytes) -> Proposal | None:
    """The proposal."""
    try:
        table = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{name}: {error}") from error
    proposal = Proposal()
    roots = [root for root in table.get("source_roots", []) if root not in {".", ""}]
    if roots:
        proposal.spec["roots"] = roots
    if table.get("exclude"):
        proposal.spec["exclude"] = [_glob(item) for item in table["exclude"]]
    modules = [module for entry in table.get("modules", []) for module in _each(entry)]
    _layers(table, modules, proposal)
    for module in modules:
        _module(module, modules, proposal)
    for interface in table.get("interfaces", []):
        _interface(interface, modules, proposal)
    if table.get("forbid_circular_dependencies"):
        proposal.rules.append({"type": "acyclic", "by": "package"})
    return proposal


def _each(entry: dict[str, Any]) -> list[dict[str, Any]]:
    paths = entry.get("paths", [entry["path"]] if "path" in entry else [])
    return [{**entry, "path": path} for path in paths]


def _layers(table: dict[str, Any], modules: list[dict[str, Any]], proposal: Proposal) -> None:
    names = [one if isinstance(one, str) else one["name"] for one in table.get("layers", [])]
    groups = {
        name: [module["path"] for module in modules if module.get("layer") == name]
        for name in names
    }
    used = [name for name in names if groups[name]]
    if len(used) < 2:
        return
    proposal.spec["groups"] = {name: [*groups[name]] for name in used}
    proposal.rules.append({"type": "layers", "layers": [*used]})


def _module(module: dict[str, Any], modules: list[dict[str, Any]], proposal: Proposal) -> None:
    path = module["path"]
    if path == _ROOT:
        proposal.left_out.append("the module <root>")
        return
    if "depends_on" in module:
        allowed = {one if isinstance(one, str) else one["path"] for one in module["depends_on"]}
        others = [
            other["path"]
            for other in modules
            if other["path"] not in {path, _ROOT}
            and other["path"] not in allowed
            and not other.get("utility")
        ]
        if others:
            rule = {"type": "forbidden", "from": path, "to": others}
            proposal.rules.append({**rule, "name": f"{path} depends on what it says"})
    if module.get("cannot_depend_on"):
        refused = [
            one if isinstance(one, str) else one["path"] for one in module["cannot_depend_on"]
        ]
        proposal.rules.append({"type": "forbidden", "from": path, "to": refused})
    if "visibility" in module:
        allow = [*module["visibility"]]
        proposal.rules.append({"type": "protected", "modules": path, "allow": allow})


def _interface(
    interface: dict[str, Any], modules: list[dict[str, Any]], proposal: Proposal
) -> None:
    exposed = interface.get("expose", [])
    packages = interface.get("from") or [module["path"] for module in modules]
    if any(letter in name for name in [*exposed, *packages] for letter in "*[](|\\"):
        proposal.left_out.append(f"the interface {exposed} of {packages}: regular expressions")
        return
    for package in packages:
        expose: list[Json] = [f"{package}.{name}" for name in exposed]
        proposal.rules.append({"type": "interfaces", "package": package, "expose": expose})


def _glob(item: str) -> str:
    return item if "*" in item else f"{item.strip('/')}/**"
