"""One import (or chain of imports) that a rule does not allow."""

from hexci.domain.boundaries.graph import Graph
from hexci.domain.boundaries.settings import Rule
from hexci.domain.named_tuple import NamedTuple


class Violation(NamedTuple):
    """Where, what, and the two modules that name it in a baseline.

    `chain` are the rows from the source to the target, one for a direct import.
    """

    rule: Rule
    node: int
    chain: tuple[int, ...]
    source: str
    target: str
    message: str
    fix: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when lines move."""
        return (self.rule.id, self.source, self.target)


def arrow(graph: Graph, node: int, chain: tuple[int, ...]) -> str:
    """`a -> b -> c` for a chain of rows that starts in `node`."""
    names = [graph.modules[node], *(graph.module(graph.targets[row]) for row in chain)]
    return " -> ".join(names)


def chain_lines(graph: Graph, node: int, chain: tuple[int, ...]) -> str:
    """A longer chain with the place of every link, one a line; empty for a direct import."""
    if len(chain) < 2:
        return ""
    lines = []
    for row in chain:
        target = graph.targets[row]
        place = f"{graph.paths[node]}:{graph.lines[row]}"
        lines.append(f"{place}: {graph.modules[node]} -> {graph.module(target)}")
        node = target
    return "\n".join(lines)


def quoted(graph: Graph, row: int) -> str:
    """What the import says, for people: `import "a.b"`."""
    return f'import "{graph.text(row).replace(":", ".")}"'
