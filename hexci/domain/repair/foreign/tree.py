"""A syntax tree reduced to what operators need: kinds, byte ranges, who is in whom."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `parent` is an index into the tree, -1 for the root; `line` counts from 1."""

    kind: str
    named: bool
    start: int
    end: int
    line: int
    parent: int


@dataclass(frozen=True, slots=True)
class Tree:
    """All nodes of a file, parents before children, in order of the text."""

    path: str
    data: bytes
    nodes: tuple[Node, ...]

    def text(self, node: Node) -> str:
        """A node's text as written."""
        return self.data[node.start : node.end].decode("utf-8", "replace")

    def parent(self, node: Node) -> Node | None:
        """The node around it."""
        return self.nodes[node.parent] if node.parent >= 0 else None

    def children(self, index: int) -> tuple[Node, ...]:
        """The nodes directly in the node at `index`."""
        return tuple(node for node in self.nodes[index + 1 :] if node.parent == index)

    def around(self, node: Node) -> Iterator[Node]:
        """The nodes around a node, nearest first."""
        while (above := self.parent(node)) is not None:
            yield above
            node = above

    @property
    def leaves(self) -> Iterator[Node]:
        """Tokens and other nodes without children, in order."""
        inner = {node.parent for node in self.nodes}
        return (node for index, node in enumerate(self.nodes) if index not in inner)
