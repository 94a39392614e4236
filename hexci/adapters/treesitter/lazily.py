"""The parser that costs nothing until a file needs it."""

from hexci.domain.boundaries.kinds import Extract


class LazyParser:
    """Imports tree-sitter with the first file."""

    def parse(self, language: str, path: str, data: bytes) -> Extract:
        """What a file says; problems say where it could not be read."""
        from hexci.adapters.treesitter.parsing import TreeSitterParser  # noqa: PLC0415

        return TreeSitterParser().parse(language, path, data)
