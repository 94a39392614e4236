"""Layers, onion and hexagonal: which group may import which."""

from collections.abc import Iterator

from hexci.domain.boundaries.chains import shortest_chains
from hexci.domain.boundaries.graph import Graph, Links
from hexci.domain.boundaries.selectors import Placement
from hexci.domain.boundaries.settings import Matrix
from hexci.domain.boundaries.violations import Violation, arrow, quoted


def judge(rule: Matrix, graph: Graph) -> Iterator[Violation]:
    """Imports that the matrix does not allow."""
    placed = placement(rule, graph)
    links = graph.imports(type_only=rule.type_only, tests=rule.tests, lazy=rule.lazy)
    if rule.transitive:
        yield from _chains(rule, graph, placed, links)
        return
    groups = placed.groups
    for node, own in enumerate(groups):
        if own < 0:
            continue
        for row, target in zip(links[node], links.successors(node), strict=True):
            other = groups[target]
            if other >= 0 and not may(rule, placed, node, target):
                yield _violation(rule, graph, placed, node, (row,))


def placement(rule: Matrix, graph: Graph) -> Placement:
    """Every node's group; with containers, names are relative to each of them."""
    if not rule.containers:
        return graph.placed([group.patterns for group in rule.groups])
    wanted = [
        [below(container, pattern) for container in rule.containers for pattern in g.patterns]
        for g in rule.groups
    ]
    return graph.placed(wanted)


def unplaced(rule: Matrix, graph: Graph) -> list[int]:
    """Nodes inside the containers (without any: in the whole tree) that no group has."""
    groups = placement(rule, graph).groups
    inside = graph.placed([rule.containers or ("**",)]).groups
    roots = frozenset(rule.containers)  # the container's own module is in no layer
    return [
        node
        for node, group in enumerate(groups)
        if group < 0
        and inside[node] >= 0
        and graph.modules[node] not in roots
        and (rule.tests or not graph.tests[node])
    ]


def below(container: str, pattern: str) -> str:
    """A pattern that is relative to a container."""
    joint = "/" if "/" in container else "."
    return f"{container.rstrip('/')}{joint}{pattern}"


def may(rule: Matrix, placed: Placement, node: int, target: int) -> bool:
    """Whether a node of one group may import one of a group."""
    own, other = placed.groups[node], placed.groups[target]
    if own == other:
        return own not in rule.apart or placed.parts[node] == placed.parts[target]
    return (own, other) in rule.allowed


def _chains(rule: Matrix, graph: Graph, placed: Placement, links: Links) -> Iterator[Violation]:
    """Also chains through modules that belong to no group."""
    groups = placed.groups
    members: dict[tuple[int, str], list[int]] = {}
    for node, group in enumerate(groups):
        if group >= 0:
            part = placed.parts[node] if group in rule.apart else ""
            members.setdefault((group, part), []).append(node)
    for nodes in members.values():
        first = nodes[0]
        found = shortest_chains(
            links,
            nodes,
            is_target=lambda node, first=first: (  # type: ignore[misc]
                groups[node] >= 0 and not may(rule, placed, first, node)
            ),
            may_pass=lambda node: groups[node] < 0,
        )
        for node, chain in found:
            yield _violation(rule, graph, placed, node, chain)


def _violation(
    rule: Matrix, graph: Graph, placed: Placement, node: int, chain: tuple[int, ...]
) -> Violation:
    last = graph.targets[chain[-1]]
    own, other = placed.groups[node], placed.groups[last]
    if own == other:
        what = f"{placed.parts[node]} and {placed.parts[last]} may not import each other"
    else:
        what = f"{rule.groups[own].name} may not import {rule.groups[other].name}"
    return Violation(
        rule,
        node,
        chain,
        graph.modules[node],
        graph.modules[last],
        f"{what}: {arrow(graph, node, chain)} ({quoted(graph, chain[0])})",
        rule.fix or _advice(rule, own, other),
    )


def _advice(rule: Matrix, own: int, other: int) -> str:
    for source, target, text in rule.advice:
        if source in {own, -1} and target in {other, -1}:
            return text
    return ""
