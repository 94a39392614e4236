"""Trees for repair: every node of a file, as plain data."""

from tree_sitter import Node as SitterNode

from hexci.adapters.treesitter.grammars import parser
from hexci.domain.repair.foreign.tree import Node, Tree

_BY_ENDING = {
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript",
    "ts": "typescript", "mts": "typescript", "cts": "typescript", "tsx": "tsx", "go": "go",
    "rs": "rust",
}  # fmt: skip
_MOST_BYTES = 300_000


class PlainTrees:
    """JavaScript, TypeScript, Go and Rust."""

    def tree(self, path: str, data: bytes) -> Tree | None:
        """The tree; None when the language is unknown or the text has a syntax error."""
        grammar = _BY_ENDING.get(path.rpartition(".")[2])
        if grammar is None or len(data) > _MOST_BYTES:
            return None
        root = parser(grammar).parse(data).root_node
        if root.has_error:
            return None
        nodes: list[Node] = []
        stack: list[tuple[SitterNode, int]] = [(root, -1)]
        while stack:
            node, parent = stack.pop()
            nodes.append(
                Node(
                    node.type,
                    node.is_named,
                    node.start_byte,
                    node.end_byte,
                    node.start_point[0] + 1,
                    parent,
                )
            )
            own = len(nodes) - 1
            stack += [(child, own) for child in reversed(node.children)]
        return Tree(path, data, tuple(nodes))
