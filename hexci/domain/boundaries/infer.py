"""Proposes a config from today's graph: what is layered already becomes a rule.

Below each top package (or source folder) the parts that import one another become one layer;
the rest is put in order. The proposal passes today and keeps the order from getting worse.
"""

from collections.abc import Iterable, Mapping

from hexci.domain.boundaries.cycles import knots_of
from hexci.domain.boundaries.graph import Graph

_HEADER = (
    "# Proposed by `hexci analyze --infer` from the imports of today. Parts in one list import\n"
    "# one another; parts joined by | do not. Split, rename and tighten as you like.\n"
    "kind: Boundaries\nspec:\n"
)


def propose(graph: Graph) -> str:
    """The text of a `.hexci/boundaries.yaml`."""
    blocks = [_rule(graph, container) for container in _containers(graph)]
    groups = "".join(part for part, _ in blocks)
    rules = "".join(part for _, part in blocks)
    text = _HEADER
    if groups:
        text += f"  groups:\n{groups}"
    return text + f"  rules:\n{rules or '    - type: acyclic'}".rstrip() + "\n"


def _containers(graph: Graph) -> list[str]:
    """Top packages (dotted) and source folders (with a slash) that have at least two parts."""
    counts: dict[str, set[str]] = {}
    for node, path in enumerate(graph.paths):
        if not graph.tests[node]:
            container, part = _split(graph, node, path)
            if container and part:
                counts.setdefault(container, set()).add(part)
    return sorted(name for name, parts in counts.items() if len(parts) > 1)


def _split(graph: Graph, node: int, path: str) -> tuple[str, str]:
    if path.endswith((".py", ".pyi")):
        container, _, rest = graph.modules[node].partition(".")
        return container, rest.partition(".")[0]
    folders = path.split("/")
    depth = next((n + 1 for n, name in enumerate(folders[:-1]) if name in {"src", "lib"}), 1)
    if len(folders) <= depth + 1:
        return "", ""
    return "/".join(folders[:depth]) + "/", folders[depth]


def _rule(graph: Graph, container: str) -> tuple[str, str]:
    """The groups and the rule of one container, as YAML."""
    parts, links = _quotient(graph, container)
    adjacent = [[parts.index(b) for b in sorted(links[a])] for a in parts]
    knots = knots_of(len(parts), adjacent.__getitem__).found
    owner = {parts[n]: f"{parts[knot[0]]}-and-others" for knot in knots for n in knot}
    units = sorted({owner.get(part, part) for part in parts})
    above = {unit: set[str]() for unit in units}
    for a, others in links.items():
        for b in others:
            if owner.get(a, a) != owner.get(b, b):
                above[owner.get(b, b)].add(owner.get(a, a))
    levels = _levels(above)
    groups = "".join(
        f"    {_name(container, name)}: [{', '.join(sorted(knotted))}]\n"
        for name in sorted(set(owner.values()))
        if (knotted := [part for part in owner if owner[part] == name])
    )
    lines = [
        "    - type: layers",
        f"      containers: [{container}]",
        "      exhaustive: true",
        "      layers:",
    ]
    for level in levels:
        named = (_name(container, unit) if unit in owner.values() else unit for unit in level)
        lines.append(f"        - {' | '.join(named)}")
    return groups, "\n".join(lines) + "\n"


def _name(container: str, unit: str) -> str:
    return f"{container.rstrip('/').replace('/', '-')}-{unit}"


def _quotient(graph: Graph, container: str) -> tuple[list[str], Mapping[str, set[str]]]:
    placed = [
        part if found == container else ""
        for found, part in (_split(graph, n, path) for n, path in enumerate(graph.paths))
    ]
    links: dict[str, set[str]] = {part: set() for part in placed if part}
    for node, rows in enumerate(graph.imports(type_only=True, tests=False)):
        own = placed[node]
        if own and not graph.tests[node]:
            others = {placed[graph.targets[row]] for row in rows}
            links[own] |= {other for other in others if other and other != own}
    return sorted(links), links


def _levels(above: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Units by their distance from the top; those on one level do not import each other."""
    depth: dict[str, int] = {}

    waiting = sorted(above)
    while waiting:
        ready = [unit for unit in waiting if all(over in depth for over in above[unit])]
        for unit in ready:
            depth[unit] = max((depth[over] + 1 for over in above[unit]), default=0)
        waiting = [unit for unit in waiting if unit not in depth]
    by_depth: dict[int, list[str]] = {}
    for unit, level in depth.items():
        by_depth.setdefault(level, []).append(unit)
    return [sorted(by_depth[level]) for level in sorted(by_depth)]
