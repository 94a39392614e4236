"""Strongly connected components, and one shortest cycle to show for each."""

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence

Successors = Callable[[int], Sequence[int]]


class Knots:
    """The components of more than one node, each sorted, in order of their first node.

    `ranks` numbers the components of all nodes so that a node leads to its own or lower ranks.
    """

    __slots__ = ("found", "ranks")

    def __init__(self, found: list[list[int]], ranks: "array[int]") -> None:
        """As the class says."""
        self.found, self.ranks = found, ranks


def knots_of(count: int, successors: Successors) -> Knots:
    """The components of a graph of `count` nodes.

    Tarjan's algorithm with its own stack: deep graphs must not end the interpreter's.
    """
    walk = _Walk(count, successors)
    for root in range(count):
        if walk.order[root] < 0:
            walk.down_from(root)
    return Knots(sorted(walk.found), walk.ranks)


class _Walk:
    def __init__(self, count: int, successors: Successors) -> None:
        self.successors = successors
        self.order = [-1] * count
        self.ranks = array("i", [0]) * count
        self.found: list[list[int]] = []
        self._low = [0] * count
        self._components = 0
        self._on_stack = bytearray(count)
        self._stack: list[int] = []
        self._counter = 0

    def down_from(self, root: int) -> None:
        low, order, on_stack = self._low, self.order, self._on_stack
        work: list[tuple[int, Iterator[int]]] = []
        node, children = root, self._enter(root)
        while True:
            for child in children:
                if order[child] < 0:
                    work.append((node, children))
                    node, children = child, self._enter(child)
                    break
                if on_stack[child] and order[child] < low[node]:
                    low[node] = order[child]
            else:
                if low[node] == order[node]:
                    self._close(node)
                if not work:
                    return
                below, (node, children) = node, work.pop()
                low[node] = min(low[node], low[below])

    def _enter(self, node: int) -> Iterator[int]:
        self.order[node] = self._low[node] = self._counter
        self._counter += 1
        self._stack.append(node)
        self._on_stack[node] = 1
        return iter(self.successors(node))

    def _close(self, until: int) -> None:
        if self._stack[-1] == until:  # alone, as most are
            self._stack.pop()
            self._on_stack[until] = 0
            self.ranks[until] = self._components
            self._components += 1
            return
        component = _popped(self._stack, self._on_stack, until)
        for node in component:
            self.ranks[node] = self._components
        self._components += 1
        self.found.append(component)


def _popped(stack: list[int], on_stack: bytearray, until: int) -> list[int]:
    component = []
    while True:
        node = stack.pop()
        on_stack[node] = 0
        component.append(node)
        if node == until:
            return sorted(component)


def shortest_cycle(successors: Successors, component: Sequence[int]) -> list[int]:
    """A shortest cycle through the first node of a component, without its repeated end."""
    start, inside = component[0], frozenset(component)
    came: dict[int, int] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for child in successors(node):
            if child == start:
                cycle = [node]
                while cycle[-1] != start:
                    cycle.append(came[cycle[-1]])
                return cycle[::-1]
            if child in inside and child not in came:
                came[child] = node
                queue.append(child)
    return [start]
