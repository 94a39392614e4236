"""Strongly connected components, and one shortest cycle to show for each."""

from collections import deque
from collections.abc import Iterator, Sequence


def components(adjacent: Sequence[Sequence[int]]) -> list[list[int]]:
    """The components of more than one node, each sorted, in order of their first node.

    Tarjan's algorithm with its own stack: deep graphs must not end the interpreter's.
    """
    walk = _Walk(adjacent)
    for root in range(len(adjacent)):
        if walk.order[root] < 0:
            walk.down_from(root)
    return sorted(walk.found)


class _Walk:
    def __init__(self, adjacent: Sequence[Sequence[int]]) -> None:
        count = len(adjacent)
        self.adjacent = adjacent
        self.order = [-1] * count
        self.found: list[list[int]] = []
        self._low = [0] * count
        self._on_stack = bytearray(count)
        self._stack: list[int] = []
        self._counter = 0

    def down_from(self, root: int) -> None:
        low, order = self._low, self.order
        work = [self._enter(root)]
        while work:
            node, children = work[-1]
            for child in children:
                if order[child] < 0:
                    work.append(self._enter(child))
                    break
                if self._on_stack[child] and order[child] < low[node]:
                    low[node] = order[child]
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == order[node]:
                    self._close(node)

    def _enter(self, node: int) -> tuple[int, Iterator[int]]:
        self.order[node] = self._low[node] = self._counter
        self._counter += 1
        self._stack.append(node)
        self._on_stack[node] = 1
        return node, iter(self.adjacent[node])

    def _close(self, until: int) -> None:
        component = _popped(self._stack, self._on_stack, until)
        if len(component) > 1:
            self.found.append(component)


def _popped(stack: list[int], on_stack: bytearray, until: int) -> list[int]:
    component = []
    while True:
        node = stack.pop()
        on_stack[node] = 0
        component.append(node)
        if node == until:
            return sorted(component)


def shortest_cycle(adjacent: Sequence[Sequence[int]], component: Sequence[int]) -> list[int]:
    """A shortest cycle through the first node of a component, without its repeated end."""
    start, inside = component[0], frozenset(component)
    came: dict[int, int] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for child in adjacent[node]:
            if child == start:
                cycle = [node]
                while cycle[-1] != start:
                    cycle.append(came[cycle[-1]])
                return cycle[::-1]
            if child in inside and child not in came:
                came[child] = node
                queue.append(child)
    return [start]
