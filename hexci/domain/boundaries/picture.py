"""The graph small enough to draw: groups of modules, the imports between them, the hot spots."""

from collections import Counter
from dataclasses import dataclass

from hexci.domain.boundaries.graph import Graph
from hexci.domain.boundaries.judging.matrix import placement
from hexci.domain.boundaries.rulebook import Judgement
from hexci.domain.boundaries.settings import Matrix, Settings

_MOST_BOXES = 60
_MOST_SPOTS = 15


@dataclass(frozen=True, slots=True)
class Arrow:
    """Imports from one box to another, and how many of them break a rule."""

    source: str
    target: str
    imports: int
    broken: int


@dataclass(frozen=True, slots=True)
class HotSpot:
    """A module with many imports in or out, or many violations."""

    module: str
    path: str
    imported_by: int
    imports: int
    broken: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes (name, modules in it) from the top layer down, arrows, and hot spots."""

    boxes: tuple[tuple[str, int], ...]
    arrows: tuple[Arrow, ...]
    spots: tuple[HotSpot, ...]


def picture(settings: Settings, graph: Graph, judgement: Judgement) -> Picture:
    """Draws the layers of the first layered rule; without one, the top packages."""
    names, order = _boxes(settings, graph)
    counts = Counter(name for name in names if name)
    kept = {name for name, _ in counts.most_common(_MOST_BOXES)}
    between: Counter[tuple[str, str]] = Counter()
    for node, rows in enumerate(graph.imports(type_only=True, tests=False)):
        for row in rows:
            pair = (names[node], names[graph.targets[row]])
            if pair[0] != pair[1] and kept.issuperset(pair):
                between[pair] += 1
    broken = Counter(
        (names[v.node], names[graph.targets[v.chain[-1]]])
        for v in judgement.violations
        if graph.targets[v.chain[-1]] >= 0
    )
    rank = {name: number for number, name in enumerate(order)}
    boxes = sorted(kept, key=lambda name: (rank.get(name, len(rank)), name))
    return Picture(
        tuple((name, counts[name]) for name in boxes),
        tuple(Arrow(a, b, n, broken[a, b]) for (a, b), n in sorted(between.items())),
        _spots(graph, judgement),
    )


def _boxes(settings: Settings, graph: Graph) -> tuple[list[str], list[str]]:
    rule = next((r for r in settings.rules if isinstance(r, Matrix) and len(r.groups) > 1), None)
    if rule is None:
        return [_top(graph, node) for node in range(len(graph.paths))], []
    placed = placement(rule, graph).groups
    order = [group.name for group in rule.groups]
    return [
        order[number] if number >= 0 else "" if graph.tests[node] else "(other)"
        for node, number in enumerate(placed)
    ], [*order, "(other)"]


def _top(graph: Graph, node: int) -> str:
    if graph.paths[node].endswith((".py", ".pyi")):
        return ".".join(graph.modules[node].split(".")[:2])
    return "/".join(graph.paths[node].split("/")[:-1][:3]) or "."


def _spots(graph: Graph, judgement: Judgement) -> tuple[HotSpot, ...]:
    outs: Counter[int] = Counter()
    ins: Counter[int] = Counter()
    for node, rows in enumerate(graph.imports(type_only=True, tests=False)):
        targets = {graph.targets[row] for row in rows}
        outs[node] = len(targets)
        ins.update(targets)
    broken = Counter(violation.node for violation in judgement.violations)
    ranked = sorted(
        (n for n in range(len(graph.paths)) if ins[n] or outs[n]),
        key=lambda n: (-broken[n], -(ins[n] * outs[n]), -ins[n], graph.paths[n]),
    )
    return tuple(
        HotSpot(graph.modules[n], graph.paths[n], ins[n], outs[n], broken[n])
        for n in ranked[:_MOST_SPOTS]
    )
