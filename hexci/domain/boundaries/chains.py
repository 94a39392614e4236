"""The shortest chains of imports from some modules to others."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from hexci.domain.boundaries.graph import Links


def shortest_chains(
    links: Links,
    sources: Iterable[int],
    *,
    is_target: Callable[[int], bool],
    may_pass: Callable[[int], bool],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(source, rows) of the shortest chain to every target that can be reached.

    A chain goes through modules that `may_pass`, and ends at its first target. Breadth first
    in the order of the nodes, so the answer is the same every time.
    """
    came: dict[int, tuple[int, int]] = {}  # node → (node before, row)
    starts = sorted(set(sources))
    queue = deque(starts)
    seen = set(starts)
    while queue:
        node = queue.popleft()
        for place, target in enumerate(links.successors(node), links.first[node]):
            if target in seen:
                continue
            seen.add(target)
            if is_target(target):
                came[target] = (node, links.rows[place])
                yield _path(came, target)
            elif may_pass(target):
                came[target] = (node, links.rows[place])
                queue.append(target)


def _path(came: dict[int, tuple[int, int]], target: int) -> tuple[int, tuple[int, ...]]:
    rows = []
    node = target
    while node in came:
        node, row = came[node]
        rows.append(row)
    return node, tuple(reversed(rows))
