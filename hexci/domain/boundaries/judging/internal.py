"""Go's `internal` folders: importable only below their parent, whatever the config says."""

from collections.abc import Iterator

from hexci.domain.boundaries.graph import Graph
from hexci.domain.boundaries.settings import Rule
from hexci.domain.boundaries.violations import Violation, arrow

_RULE = Rule(id="HX008", name="Go internal packages")


def judge(graph: Graph) -> Iterator[Violation]:
    """Imports of an internal package from outside its parent folder."""
    go = [n for n, path in enumerate(graph.paths) if path.endswith(".go")]
    if not go:
        return
    adjacent = graph.imports(type_only=True, tests=True)
    for node in go:
        for row in adjacent[node]:
            target = graph.targets[row]
            parent = _parent_of_internal(graph.paths[target])
            if parent is not None and not f"{graph.paths[node]}/".startswith(parent):
                what = f"{graph.modules[target]} is internal to {parent or 'its module'}"
                yield Violation(
                    _RULE, node, (row,), graph.modules[node], graph.modules[target],
                    f"{what}: {arrow(graph, node, (row,))}",
                )  # fmt: skip


def _parent_of_internal(path: str) -> str | None:
    """The folder (with its slash) that may import what is in `path`; None: not internal."""
    at = f"/{path}".rfind("/internal/")
    return None if at < 0 else path[:at]
