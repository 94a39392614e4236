"""Cycles among modules or among packages."""

from collections.abc import Iterator

from hexci.domain.boundaries.cycles import Successors, knots_of, shortest_cycle
from hexci.domain.boundaries.graph import Graph
from hexci.domain.boundaries.settings import Acyclic
from hexci.domain.boundaries.violations import Violation


def judge(rule: Acyclic, graph: Graph) -> Iterator[Violation]:
    """One violation per knot of modules (or packages), with a shortest cycle through it."""
    units = units_of(rule, graph)
    links = _links(rule, graph, units)
    names = list(links)
    number = {name: n for n, name in enumerate(names)}
    adjacent = [[number[other] for other in links[name]] for name in names]
    successors: Successors = adjacent.__getitem__
    for component in knots_of(len(adjacent), successors).found:
        cycle = [names[n] for n in shortest_cycle(successors, component)]
        yield _violation(rule, graph, links, cycle, [names[n] for n in component])


_Links = dict[str, dict[str, tuple[int, int]]]


def units_of(rule: Acyclic, graph: Graph) -> list[str]:
    """Every node's own name, or its package; empty outside the rule's modules."""
    placed = graph.placed([rule.within.patterns]).groups
    if rule.by == "module":
        return [m if placed[n] >= 0 else "" for n, m in enumerate(graph.modules)]
    return [_package(graph, n) if placed[n] >= 0 else "" for n in range(len(graph.modules))]


def _package(graph: Graph, node: int) -> str:
    path = graph.paths[node]
    if path.endswith((".py", ".pyi")) and not path.endswith(("/__init__.py", "/__init__.pyi")):
        return graph.modules[node].rpartition(".")[0] or graph.modules[node]
    if path.endswith((".py", ".pyi")):
        return graph.modules[node]
    return path.rpartition("/")[0] or "."


def _links(rule: Acyclic, graph: Graph, units: list[str]) -> _Links:
    links: _Links = {unit: {} for unit in sorted(set(units)) if unit}
    for node, rows in enumerate(
        graph.imports(type_only=rule.type_only, tests=rule.tests, lazy=rule.lazy)
    ):
        own = units[node]
        if not own:
            continue
        for row in rows:
            other = units[graph.targets[row]]
            if other and other != own:
                links[own].setdefault(other, (node, row))
    return links


def _violation(
    rule: Acyclic, graph: Graph, links: _Links, cycle: list[str], knot: list[str]
) -> Violation:
    pairs = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    node, _ = links[cycle[0]][pairs[0][1]]
    chain = tuple(links[a][b][1] for a, b in pairs)
    places = "\n".join(
        f"{graph.paths[links[a][b][0]]}:{graph.lines[links[a][b][1]]}: {a} -> {b}" for a, b in pairs
    )
    more = f" (one of the cycles among {len(knot)} {rule.by}s)" if len(knot) > len(cycle) else ""
    return Violation(
        rule,
        node,
        chain[:1],
        knot[0],
        knot[-1],
        f"import cycle: {' -> '.join([*cycle, cycle[0]])}{more}",
        rule.fix or f"{places}\nMove what both need into a module that imports neither.",
    )
