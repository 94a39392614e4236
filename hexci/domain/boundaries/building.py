"""From what every file says to the graph of the tree."""

from collections.abc import Iterable, Mapping
from itertools import compress

from hexci.domain.boundaries.file_kinds import DOCUMENT_ENDS, SUFFIXES, is_document, language_of
from hexci.domain.boundaries.graph import DECLARES, IGNORE, PARSED, PROBLEM, Graph
from hexci.domain.boundaries.kinds import TYPE_ONLY, Extract
from hexci.domain.boundaries.languages import resolver_for
from hexci.domain.boundaries.path_sets import marks
from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import nothing
from hexci.domain.boundaries.writing import GraphWriter, Meaning
from hexci.domain.named_tuple import NamedTuple

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.domain.boundaries.languages import Resolver

_NOTHING = (nothing(""),)
_NOT = bytes((1, *bytes(255)))  # for `translate`
# languages in which a file says which package it is in: others' imports hang on its content
_NAMED_BY_CONTENT = frozenset(("jvm", "csharp"))


class Tree(NamedTuple):
    """The files of a tree that matter: the sources (sorted), and what resolvers read."""

    sources: list[str]
    everything: Iterable[str]
    documents: Mapping[str, bytes]


def sources_of(paths: Iterable[str], settings: Settings) -> list[str]:
    """The source files that the settings want."""
    found = [path for path in paths if path[path.rfind(".") :] in SUFFIXES]
    if settings.include:
        found = list(compress(found, marks(settings.include, found)))
    return sorted(compress(found, marks(settings.exclude, found).translate(_NOT)))


def documents_of(paths: Iterable[str]) -> list[str]:
    """Those whose content a resolver wants."""
    return [path for path in paths if path.endswith(DOCUMENT_ENDS) and is_document(path)]


def build_graph(tree: Tree, said: Iterable[tuple[int, Extract]], settings: Settings) -> Graph:
    """The graph of `tree`; `said` is what each file says by its number, in any order.

    Files are taken one by one and not held, except where others' imports hang on what they say.
    """
    writer = GraphWriter(tree.sources)
    rows = _Rows(writer)
    languages = list(map(language_of, tree.sources))
    by_language = _by_language(tree.sources, languages)
    resolvers = {
        language: resolver_for(language, own, tree.everything, tree.documents, settings, {})
        for language, own in by_language.items()
        if language not in _NAMED_BY_CONTENT
    }
    held: list[tuple[int, Extract]] = []
    for number, extract in said:
        resolver = resolvers.get(languages[number])
        if resolver is None:
            held.append((number, extract))
        else:
            rows.add(number, tree.sources[number], extract, resolver)
    declared = {tree.sources[n]: extract.declares for n, extract in held if extract.declares}
    for language in _NAMED_BY_CONTENT & by_language.keys():
        own = by_language[language]
        resolvers[language] = resolver_for(
            language, own, tree.everything, tree.documents, settings, declared
        )
    for number, extract in held:
        rows.add(number, tree.sources[number], extract, resolvers[languages[number]])
    modules = [
        resolvers[language].module_of(path)
        for language, path in zip(languages, tree.sources, strict=True)
    ]
    return writer.graph(modules, marks(settings.tests, tree.sources))


def can_patch(changed: Iterable[str]) -> bool:
    """Whether changes in these files leave what other files' imports mean as it was."""
    return all(language_of(path) not in _NAMED_BY_CONTENT for path in changed)


def patch_graph(
    kept: Graph, tree: Tree, changed: Mapping[int, Extract], settings: Settings
) -> Graph:
    """`kept` with some files read anew; for trees with the same paths that `can_patch`."""
    by_language = _by_language(kept.paths, map(language_of, kept.paths))
    resolvers = {
        language: resolver_for(
            language, by_language[language], tree.everything, tree.documents, settings, {}
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
    return writer.graph(kept.modules, kept.tests)


class _Meanings(dict[str, Meaning]):
    """What specs mean in one scope, each found out at its first use."""

    def __init__(self, writer: GraphWriter, resolver: "Resolver", path: str) -> None:
        """`path` is any file of the scope."""
        self._writer, self._resolver, self._path = writer, resolver, path

    def __missing__(self, spec: str) -> Meaning:
        found = self._resolver.targets(self._path, spec) or _NOTHING
        meaning = self[spec] = self._writer.meaning(spec, found)
        return meaning


class _Rows:
    """Writes the rows of file after file; files of one scope share what their specs mean."""

    def __init__(self, writer: GraphWriter) -> None:
        self._writer = writer
        self._scopes: dict[tuple[Resolver, str, str], _Meanings] = {}
        self._pairs: dict[tuple[Resolver, tuple[str, str]], tuple[_Meanings, _Meanings]] = {}

    def add(self, number: int, path: str, extract: Extract, resolver: "Resolver") -> None:
        """The rows of one file: its imports with what they mean, and its notes."""
        imports, problems, declares, ignores, parsed = extract
        if imports:
            scopes = resolver.scopes(path)
            pair = self._pairs.get((resolver, scopes))
            if pair is None:
                near, far = scopes
                relative = self._scope((resolver, near, "."), path)
                pair = relative, self._scope((resolver, far, ""), path)
                self._pairs[resolver, scopes] = pair
            if resolver.is_stub(path):
                imports = tuple((s, line, col, bits | TYPE_ONLY) for s, line, col, bits in imports)
            self._writer.add(number, imports, *pair)
        if ignores or problems or declares or parsed:
            self._notes(extract)
        self._writer.end(number)

    def _notes(self, extract: Extract) -> None:
        for text, line, column in extract.ignores:
            self._writer.note(text, line, column, IGNORE)
        for line, text in extract.problems:
            self._writer.note(text, line, 0, PROBLEM)
        if extract.declares:
            self._writer.note(extract.declares, 0, 0, DECLARES)
        if extract.parsed:
            self._writer.note("", 0, 0, PARSED)

    def _scope(self, scope: "tuple[Resolver, str, str]", path: str) -> _Meanings:
        found = self._scopes.get(scope)
        if found is None:
            found = self._scopes[scope] = _Meanings(self._writer, scope[0], path)
        return found


def _by_language(paths: Iterable[str], languages: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, language in zip(paths, languages, strict=True):
        found.setdefault(language, []).append(path)
    return found


def case_collisions(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of paths that some file systems cannot hold side by side."""
    listed = list(paths)
    together = "\n".join(listed)
    if together == together.casefold():
        return []
    seen: dict[str, str] = {}
    pairs = []
    for path in listed:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            pairs.append((first, path))
    return pairs
