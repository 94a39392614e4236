"""Where each language's scanner and resolver are, and what holds for files of any language."""

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import ModuleType

from hexci.domain.boundaries.file_kinds import LARGEST
from hexci.domain.boundaries.ignores import MARKED, find_ignores
from hexci.domain.boundaries.kinds import Extract

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from typing import Protocol

    from hexci.domain.boundaries.settings import Settings
    from hexci.domain.boundaries.targets import Target

    class Resolver(Protocol):
        """What every language's resolver can do."""

        def module_of(self, path: str) -> str:
            """What the file is called in rules and messages."""
            ...

        def targets(self, path: str, spec: str) -> tuple[Target, ...]:
            """What an import in a file means."""
            ...

        def scopes(self, path: str) -> tuple[str, str]:
            """Files with an equal first part give the same meaning to specs with a leading dot.

            Those with an equal second part give the same meaning to all others.
            """
            ...

        def is_stub(self, path: str) -> bool:
            """Whether all that the file imports is for types only."""
            ...


_PACKAGE = "hexci.domain.boundaries"


def read_source(language: str, path: str, raw: bytes) -> Extract | None:
    """What a file says, notes included; None when only a full parse can tell."""
    if len(raw) > LARGEST or b"\0" in raw:
        return unreadable(raw, language)
    found = _scanner(language)(raw, path)
    return found if found is None or raw.isascii() else with_notes(found, raw, language)


def with_notes(extract: Extract, raw: bytes, language: str) -> Extract:
    """The extract, with notes that hold for any text."""
    if raw.isascii() or _decodes(raw, language):
        return extract
    note = (1, "the file is not UTF-8; names with other letters may be wrong")
    return extract._replace(problems=(*extract.problems, note))


def unreadable(raw: bytes, language: str) -> Extract | None:
    """A note instead of an extract, for files that are no source text; else None."""
    if len(raw) > LARGEST:
        size = f"{len(raw) / 1_048_576:.1f} MB"
        return Extract((), ((1, f"the file is {size}, over 1 MB: not read"),))
    if b"\0" in raw:
        at = raw.find(b"\0")
        line = raw.count(b"\n", 0, at) + 1
        return Extract((), ((line, f"the file is binary: a NUL byte, not {language}"),))
    return None


def inline_ignores(raw: bytes) -> list[tuple[int, int, str]]:
    """(line, column, text) of in-code ignores; most files have none."""
    return find_ignores(raw) if MARKED.search(raw) else []


def resolver_for(  # noqa: PLR0913, PLR0917 - all that any language needs
    language: str,
    paths: Sequence[str],
    everything: Iterable[str],
    documents: Mapping[str, bytes],
    settings: "Settings",
    declared: Mapping[str, str],
) -> "Resolver":
    """The resolver of a language over its `paths`.

    `everything` are all paths of the tree, `declared` the package that a file says it is in.
    """
    build: Callable[..., Resolver] = _part(language, "resolve").build
    return build(
        paths, everything=everything, documents=documents, settings=settings, declared=declared
    )


@cache
def _scanner(language: str) -> Callable[[bytes, str], Extract | None]:
    scan: Callable[[bytes, str], Extract | None] = _part(language, "scan").scan
    return scan


@cache
def _part(language: str, name: str) -> ModuleType:
    # a hook on a Python repository must not load six other languages
    return importlib.import_module(f"{_PACKAGE}.{language}.{name}")


def _decodes(raw: bytes, language: str) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return language == "python" and b"coding" in b"".join(raw.split(b"\n", 2)[:2])
    return True
