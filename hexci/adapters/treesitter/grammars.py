"""The grammars, each loaded when the first file of its language needs a full parse."""

import importlib
from functools import lru_cache

from tree_sitter import Language, Parser

# grammar → (module of the wheel, the function that gives it)
_WHEELS = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "go": ("tree_sitter_go", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "java": ("tree_sitter_java", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "csharp": ("tree_sitter_c_sharp", "language"),
}


@lru_cache
def language(grammar: str) -> Language:
    """The grammar itself, for queries."""
    module, function = _WHEELS[grammar]
    return Language(getattr(importlib.import_module(module), function)())


@lru_cache
def parser(grammar: str) -> Parser:
    """A parser for `grammar`."""
    return Parser(language(grammar))
