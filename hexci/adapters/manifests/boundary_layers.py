"""Rules about layers: `layers`, `onion`, `hexagonal` and `independence` are all one matrix."""

from hexci.adapters.manifests.boundary_parts import RuleParts, fields
from hexci.adapters.manifests.boundary_values import Path, dotted
from hexci.domain.boundaries.settings import Group, Matrix, Rule
from hexci.domain.json_values import Json


def layers(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """Layers from the top down."""
    levels = _levels(reader, (*path, "layers"), table.get("layers"))
    return [_matrix(reader, path, table, levels)] if levels else []


def onion(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """Rings from the innermost out: the same as layers from the lowest up."""
    levels = _levels(reader, (*path, "rings"), table.get("rings"))
    return [_matrix(reader, path, table, levels[::-1])] if levels else []


def _levels(reader: RuleParts, path: Path, value: Json) -> list[list[Group]]:
    """Levels from the top: `a`, `a | b` (side by side, apart) or a list of such."""
    if not isinstance(value, list) or len(value) < 2:
        reader.complain(path, f"{dotted(path)}: a list of at least two is wanted here")
        return []
    levels = []
    for number, item in enumerate(value):
        names = reader.strings((*path, number), item)
        parts = [part.strip() for name in names for part in name.split("|")]
        levels.append([reader.resolved((*path, number), [part]) for part in parts if part])
    return levels


def _matrix(
    reader: RuleParts, path: Path, table: dict[str, Json], levels: list[list[Group]]
) -> Rule:
    closed = reader.flag(path, table, "closed", default=False)
    numbered = [(level, group) for level, groups in enumerate(levels) for group in groups]
    allowed = frozenset(
        (a, b)
        for a, (upper, _) in enumerate(numbered)
        for b, (lower, _) in enumerate(numbered)
        if upper < lower and (not closed or lower == upper + 1)
    )
    containers = reader.strings((*path, "containers"), table.get("containers", []))
    common = reader.common(path, table, "layers")
    return Matrix(
        **fields(common),
        groups=tuple(group for _, group in numbered),
        allowed=allowed,
        containers=containers,
        exhaustive=reader.flag(path, table, "exhaustive", default=False),
    )


# who may import whom in the hexagon; adapters never import each other
HEXAGON = {
    "domain": (),
    "ports": ("domain",),
    "usecases": ("ports", "domain"),
    "secondary": ("ports", "domain"),
    "primary": ("usecases", "ports", "domain"),
    "adapters": ("usecases", "ports", "domain"),
    "composition": ("domain", "ports", "usecases", "secondary", "primary", "adapters"),
}
_ADAPTERS = ("secondary", "primary", "adapters")


def hexagonal(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """The hexagon, as far as its rooms are named."""
    names = [name for name in HEXAGON if name in table]
    if "domain" not in names or len(names) < 2:
        reader.complain(path, f"{dotted(path)}: domain and at least one other are wanted here")
        return []
    number = {name: n for n, name in enumerate(names)}
    allowed = frozenset((number[a], number[b]) for a in names for b in HEXAGON[a] if b in number)
    groups = tuple(reader.group(path, table, name)._replace(name=name) for name in names)
    common = reader.common(path, table, "layers")
    apart = frozenset(number[name] for name in _ADAPTERS if name in number)
    return [
        Matrix(
            **fields(common),
            groups=groups,
            allowed=allowed,
            apart=apart,
            exhaustive=reader.flag(path, table, "exhaustive", default=False),
            advice=_hexagonal_advice(number, groups),
        )
    ]


def _hexagonal_advice(
    number: dict[str, int], groups: tuple[Group, ...]
) -> tuple[tuple[int, int, str], ...]:
    record = "or record it: hexci analyze --update-baseline --reason '…'"
    advice = []
    if "ports" in number:
        ports = ", ".join(groups[number["ports"]].patterns)
        text = f"Depend on a port in {ports} instead, {record}"
        advice = [
            (number[a], number[b], text)
            for a in ("domain", "usecases")
            for b in _ADAPTERS
            if a in number and b in number
        ]
    if "composition" in number:
        where = ", ".join(groups[number["composition"]].patterns)
        advice.append((-1, number["composition"], f"Let {where} hand it in, {record}"))
    return tuple(advice)


def independence(reader: RuleParts, path: Path, table: dict[str, Json]) -> list[Rule]:
    """Modules that stand apart."""
    common = reader.common(path, table, "independence")
    modules = reader.group(path, table, "modules")
    apart = frozenset([0])
    return [Matrix(**fields(common), groups=(modules,), allowed=frozenset(), apart=apart)]
