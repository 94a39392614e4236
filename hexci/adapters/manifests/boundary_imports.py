"""Rules about single imports: forbidden, acyclic, interfaces, protected and external."""

from hexci.adapters.manifests.boundary_parts import RuleParts, fields
from hexci.adapters.manifests.boundary_values import Path, dotted
from hexci.domain.boundaries.settings import (
    Acyclic,
    External,
    Forbidden,
    Group,
    Interface,
    Protected,
    Rule,
)
from hexci.domain.json_values import Json

_EVERYTHING = ("**",)


def forbidden(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """What may not import what."""
    common = reader.common(path, table, "forbidden")
    sources, targets = reader.group(path, table, "from"), reader.group(path, table, "to")
    return [Forbidden(**fields(common), sources=sources, targets=targets)]


def acyclic(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """No cycle among modules or packages."""
    common = reader.common(path, table, "acyclic", type_only=False)
    within = (
        reader.group(path, table, "within")
        if "within" in table
        else Group("everything", _EVERYTHING, reader.place(path))
    )
    by = reader.text(path, table, "by") or "module"
    if by not in {"module", "package"}:
        reader.complain((*path, "by"), "by: module or package is wanted here")
    return [Acyclic(**fields(common), within=within, by=by)]


def interfaces(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """What of a package may be used from outside."""
    common = reader.common(path, table, "interfaces")
    package, exposed = reader.group(path, table, "package"), reader.group(path, table, "expose")
    return [Interface(**fields(common), package=package, exposed=exposed)]


def protected(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """Who may import something."""
    common = reader.common(path, table, "protected")
    modules = reader.group(path, table, "modules")
    allowed = reader.group(path, table, "allow", optional=True)
    return [Protected(**fields(common), modules=modules, allowed=allowed)]


def external(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """Which packages from outside may be used where."""
    common = reader.common(path, table, "external")
    allow = table.get("allow")
    deny = table.get("deny")
    if allow is None and deny is None:
        reader.complain(path, f"{dotted(path)}: allow or deny is missing")
    return [
        External(
            **fields(common),
            sources=reader.group(path, table, "from"),
            allow=None if allow is None else reader.strings((*path, "allow"), allow),
            deny=() if deny is None else reader.strings((*path, "deny"), deny),
        )
    ]
