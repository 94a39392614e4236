"""What one import is, as bits, and what one file says: its imports, or "unsure".

Everything here is made once per import of a whole tree, so imports are plain tuples.
"""

from hexci.domain.named_tuple import NamedTuple

RUNTIME = 0
TYPE_ONLY = 1
LAZY = 2  # inside a function
OPTIONAL = 4  # inside try/except, or behind a build condition
DYNAMIC = 8  # import_module("…"), import("…")
TEST = 16  # only compiled for tests
REEXPORT = 32
CONTAINMENT = 64  # `mod x;`: says where a file is, not what is used
ASSET = 128  # not code: JSON, CSS, pictures
STRING = 2048  # a string that may name a module; 256 to 1024 and 4096 are the graph's own

_NAMES = {
    TYPE_ONLY: "type-only",
    LAZY: "lazy",
    OPTIONAL: "optional",
    DYNAMIC: "dynamic",
    TEST: "test",
    REEXPORT: "re-export",
    CONTAINMENT: "containment",
    ASSET: "asset",
    STRING: "string",
}

# (what is imported, in the words of the language's resolver; line from 1; column from 1; bits)
RawImport = tuple[str, int, int, int]


class Extract(NamedTuple):
    """What one file says. `problems` are (line, text) of what could not be read."""

    imports: tuple[RawImport, ...]
    problems: tuple[tuple[int, str], ...] = ()
    declares: str = ""  # a package or namespace, where the language says it in the file
    ignores: tuple[tuple[str, int, int], ...] = ()  # (text, line, column) of in-code ignores
    parsed: bool = False  # the scanner was unsure


EMPTY = Extract(())


def kind_names(bits: int) -> tuple[str, ...]:
    """The words for `bits`; `runtime` for none."""
    return tuple(name for bit, name in _NAMES.items() if bits & bit) or ("runtime",)
