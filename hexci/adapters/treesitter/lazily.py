"""The parser that costs nothing until a file needs it."""

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.domain.boundaries.kinds import Extract
    from hexci.domain.repair.foreign.tree import Tree


class LazyTrees:
    """Plain trees of files, for repair."""

    def tree(self, path: str, data: bytes) -> "Tree | None":
        """The tree; None when the language is unknown or the text has a syntax error."""
        from hexci.adapters.treesitter.plain_tree import PlainTrees  # noqa: PLC0415

        return PlainTrees().tree(path, data)


class LazyParser:
    """Imports tree-sitter with the first file."""

    def parse(self, language: str, path: str, data: bytes) -> "Extract":
        """What a file says; problems say where it could not be read."""
        from hexci.adapters.treesitter.parsing import TreeSitterParser  # noqa: PLC0415

        return TreeSitterParser().parse(language, path, data)


class LazySymbols:
    """Definitions by name, for decisions that govern one."""

    def text(self, path: str, content: bytes, symbol: str) -> bytes | None:
        """The source of `symbol`; None when the file defines none or its language is unknown."""
        from hexci.adapters.treesitter.symbols import symbol_text  # noqa: PLC0415

        return symbol_text(path, content, symbol)
