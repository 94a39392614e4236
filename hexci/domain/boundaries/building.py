"""From what every file says to the graph of the tree."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hexci.domain.boundaries.file_kinds import DOCUMENT_ENDS, SUFFIXES, is_document, language_of
from hexci.domain.boundaries.graph import (
    DECLARES,
    IGNORE,
    PARSED,
    PROBLEM,
    Graph,
    GraphWriter,
    Meaning,
)
from hexci.domain.boundaries.kinds import EMPTY, TYPE_ONLY, Extract
from hexci.domain.boundaries.languages import Resolver, resolver_for
from hexci.domain.boundaries.path_sets import PathSet
from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import nothing

_NOTHING = (nothing(""),)
# languages in which a file says which package it is in: others' imports hang on its content
_NAMED_BY_CONTENT = frozenset(("jvm", "csharp"))


class Tree(NamedTuple):
    """The files of a tree that matter: sources (path → blob SHA), and what resolvers read."""

    sources: Mapping[str, str]
    everything: Sequence[str]
    documents: Mapping[str, bytes]


def sources_of(paths: Iterable[str], settings: Settings) -> list[str]:
    """The source files that the settings want."""
    found = [path for path in paths if path[path.rfind(".") :] in SUFFIXES]
    if settings.include:
        found = PathSet(settings.include).chosen(found)
    exclude = PathSet(settings.exclude)
    return [path for path in found if path not in exclude]


def documents_of(paths: Iterable[str]) -> list[str]:
    """Those whose content a resolver wants."""
    return [path for path in paths if path.endswith(DOCUMENT_ENDS) and is_document(path)]


def build_graph(tree: Tree, extracts: Mapping[str, Extract], settings: Settings) -> Graph:
    """The graph of `tree`; `extracts` are by blob SHA (a missing one is an empty file)."""
    paths = sorted(tree.sources)
    shas = [tree.sources[path] for path in paths]
    said = [extracts.get(sha, EMPTY) for sha in shas]
    resolvers = _resolvers(paths, said, tree, settings)
    tests = PathSet(settings.tests)
    writer = GraphWriter(paths)
    rows = _Rows(writer)
    modules = []
    marks = bytearray(len(paths))
    for number, (path, extract) in enumerate(zip(paths, said, strict=True)):
        resolver = resolvers[language_of(path)]
        modules.append(resolver.module_of(path))
        marks[number] = path in tests
        rows.add(number, path, extract, resolver)
    return writer.graph(paths, shas, modules, marks)


def can_patch(changed: Iterable[str]) -> bool:
    """Whether changes in these files leave what other files' imports mean as it was."""
    return all(language_of(path) not in _NAMED_BY_CONTENT for path in changed)


def patch_graph(
    kept: Graph, tree: Tree, changed: Mapping[int, Extract], settings: Settings
) -> Graph:
    """`kept` with some files read anew; for trees with the same paths that `can_patch`."""
    resolvers = {
        language: resolver_for(
            language,
            [path for path in kept.paths if language_of(path) == language],
            tree.everything,
            tree.documents,
            settings,
            {},
        )
        for language in {language_of(kept.paths[node]) for node in changed}
    }
    writer = GraphWriter(kept.paths, kept.names, kept.texts)
    rows = _Rows(writer)
    position = 0
    for node in sorted(changed):
        path = kept.paths[node]
        writer.copy(kept, position, node)
        rows.add(node, path, changed[node], resolvers[language_of(path)])
        position = node + 1
    writer.copy(kept, position, len(kept.paths))
    shas = [tree.sources[path] for path in kept.paths]
    return writer.graph(kept.paths, shas, kept.modules, kept.tests)


class _Meanings(dict[str, Meaning]):
    """What specs mean in one scope, each found out at its first use."""

    def __init__(self, writer: GraphWriter, resolver: Resolver, path: str) -> None:
        """`path` is any file of the scope."""
        self._writer, self._resolver, self._path = writer, resolver, path

    def __missing__(self, spec: str) -> Meaning:
        found = self._resolver.targets(self._path, spec) or _NOTHING
        meaning = self[spec] = self._writer.meaning(spec, found)
        return meaning


_Scope = tuple[Resolver, str, str]


class _Rows:
    """Writes the rows of file after file; files of one scope share what their specs mean."""

    def __init__(self, writer: GraphWriter) -> None:
        self._writer = writer
        self._scopes: dict[_Scope, _Meanings] = {}

    def add(self, number: int, path: str, extract: Extract, resolver: Resolver) -> None:
        """The rows of one file: its imports with what they mean, and its notes."""
        writer = self._writer
        if extract.imports:
            near, far = resolver.scopes(path)
            relative = self._scope((resolver, near, "."), path)
            others = self._scope((resolver, far, ""), path)
            imports = extract.imports
            if resolver.is_stub(path):
                imports = tuple((s, line, col, bits | TYPE_ONLY) for s, line, col, bits in imports)
            writer.add(number, imports, relative, others)
        for text, line, column in extract.ignores:
            writer.note(text, line, column, IGNORE)
        for line, text in extract.problems:
            writer.note(text, line, 0, PROBLEM)
        if extract.declares:
            writer.note(extract.declares, 0, 0, DECLARES)
        if extract.parsed:
            writer.note("", 0, 0, PARSED)
        writer.end()

    def _scope(self, scope: _Scope, path: str) -> _Meanings:
        found = self._scopes.get(scope)
        if found is None:
            found = self._scopes[scope] = _Meanings(self._writer, scope[0], path)
        return found


def _resolvers(
    paths: Sequence[str], said: Sequence[Extract], tree: Tree, settings: Settings
) -> dict[str, Resolver]:
    by_language: dict[str, list[str]] = {}
    for path in paths:
        by_language.setdefault(language_of(path), []).append(path)
    declared = {path: e.declares for path, e in zip(paths, said, strict=True) if e.declares}
    return {
        language: resolver_for(language, own, tree.everything, tree.documents, settings, declared)
        for language, own in by_language.items()
    }


def case_collisions(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of paths that some file systems cannot hold side by side."""
    seen: dict[str, str] = {}
    pairs = []
    for path in paths:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            pairs.append((first, path))
    return pairs
