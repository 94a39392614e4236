"""From what every file says to the graph of the tree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hexci.domain.boundaries.graph import DECLARES, NOTES, PROBLEM, Graph, GraphWriter
from hexci.domain.boundaries.kinds import EMPTY, TYPE_ONLY, Extract
from hexci.domain.boundaries.languages import Resolver, language_of, resolver_for
from hexci.domain.boundaries.path_sets import PathSet
from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import nothing

_NOTHING = (nothing(""),)
# languages in which a file says which package it is in: others' imports hang on its content
_NAMED_BY_CONTENT = frozenset(("jvm", "csharp"))
Row = tuple[str, int, int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a tree that matter: sources (path → blob SHA), and what resolvers read."""

    sources: Mapping[str, str]
    everything: Sequence[str]
    documents: Mapping[str, bytes]


def is_source(path: str, include: PathSet | None, exclude: PathSet) -> bool:
    """Whether a path is a source file that the settings want."""
    return language_of(path) != "" and (include is None or path in include) and path not in exclude


def build_graph(tree: Tree, extracts: Mapping[str, Extract], settings: Settings) -> Graph:
    """The graph of `tree`; `extracts` are by blob SHA (a missing one is an empty file)."""
    paths = sorted(tree.sources)
    shas = [tree.sources[path] for path in paths]
    said = [extracts.get(sha, EMPTY) for sha in shas]
    resolvers = _resolvers(paths, said, tree, settings)
    tests = PathSet(settings.tests)
    writer = GraphWriter(paths)
    modules = []
    marks = bytearray(len(paths))
    for number, (path, extract) in enumerate(zip(paths, said, strict=True)):
        resolver = resolvers[language_of(path)]
        modules.append(resolver.module_of(path))
        marks[number] = path in tests
        writer.add(number, rows_of(path, extract, resolver))
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
    position = 0
    for node in sorted(changed):
        path = kept.paths[node]
        writer.copy(kept, position, node)
        writer.add(node, rows_of(path, changed[node], resolvers[language_of(path)]))
        position = node + 1
    writer.copy(kept, position, len(kept.paths))
    shas = [tree.sources[path] for path in kept.paths]
    return writer.graph(kept.paths, shas, kept.modules, kept.tests)


def rows_of(path: str, extract: Extract, resolver: Resolver) -> Iterator[Row]:
    """The rows of one file: its imports with what they mean, and its notes."""
    stub = TYPE_ONLY if resolver.is_stub(path) else 0
    targets = resolver.targets
    for spec, line, column, bits in extract.imports:
        if bits & NOTES:
            yield spec, line, column, bits, _NOTHING
        else:
            yield spec, line, column, bits | stub, targets(path, spec) or _NOTHING
    for line, text in extract.problems:
        yield text, line, 0, PROBLEM, _NOTHING
    if extract.declares:
        yield extract.declares, 0, 0, DECLARES, _NOTHING


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
