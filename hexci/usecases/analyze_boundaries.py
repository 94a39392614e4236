"""Checks the imports of a tree against its boundaries."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from hexci.domain.boundaries import baseline as baselines
from hexci.domain.boundaries.building import (
    Tree,
    build_graph,
    can_patch,
    documents_of,
    patch_graph,
    sources_of,
)
from hexci.domain.boundaries.file_kinds import language_of
from hexci.domain.boundaries.graph import PARSED, Graph, Kept
from hexci.domain.boundaries.guards import Numbers
from hexci.domain.boundaries.ignores import MARKED, find_ignores
from hexci.domain.boundaries.kinds import EMPTY, Extract
from hexci.domain.boundaries.languages import read_source, unreadable, with_notes
from hexci.domain.boundaries.path_sets import PathSet
from hexci.domain.boundaries.reporting import numbers_of, report
from hexci.domain.boundaries.rulebook import Judgement, judge
from hexci.domain.boundaries.settings import BASELINE_PATH, BOUNDARIES_PATH, PYPROJECT, Settings
from hexci.domain.boundaries.writing import extract_of
from hexci.domain.finding import Finding, Report
from hexci.domain.named_tuple import NamedTuple
from hexci.errors import BadInputError

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.ports.graphs import GraphStore
    from hexci.ports.sources import FullParser, Sources

# part of every key: what is kept was made by this version of the scanners and resolvers
READER_VERSION = "4"
_DEAD_EXPORTS = "HX033"
_FEW = 32  # files; up to here the kept graph is patched and not written again


class Analysis(NamedTuple):
    """The graph of a tree, what the rules say about it, its numbers, and the report.

    `everything` are all paths of the tree.
    """

    graph: Graph
    judgement: Judgement
    settings: Settings
    known: Mapping[baselines.Key, baselines.Entry]
    numbers: Numbers
    report: Report
    everything: Iterable[str]

    @property
    def looked_into_texts(self) -> bool:
        """Whether more than imports (and ignores) can change what is told."""
        return _DEAD_EXPORTS in self.settings.severities or bool(self.settings.strings)

    @property
    def parsed(self) -> list[str]:
        """The files that the scanner was unsure of."""
        return [self.graph.paths[node] for node, _ in self.graph.marked(PARSED)]


class Analyzer(NamedTuple):
    """Analyzes one tree; `read_yaml` and `read_pyproject` turn a config file into settings."""

    sources: "Sources"
    parser: "FullParser"
    store: "GraphStore"
    read_yaml: Callable[[bytes, str], Settings]
    read_pyproject: Callable[[bytes, str], Settings | None]
    full_parse: bool = False

    def analyze(self, today: str, *, since: "Analyzer | None" = None) -> Analysis:
        """Judges the whole tree; with `since`, tells only what was not so in that tree.

        Raises BadInputError for a config that cannot be judged by.
        """
        listing = self.sources.listing()
        settings = self.settings(listing)
        if settings is None:
            raise BadInputError(
                f"there is no {BOUNDARIES_PATH} and no [tool.hexci.boundaries] in pyproject.toml",
                f"Propose one from today's graph: hexci analyze --infer > {BOUNDARIES_PATH}",
            )
        graph = self.graph(settings, listing)
        known = read_baseline(listing, self.sources)
        judgement = judge(settings, graph, known, today)
        numbers = numbers_of(graph, judgement)
        told = report(settings, graph, judgement, numbers, self._dead_exports(settings, graph))
        if since is not None:
            told = told.without(since.seen(settings, known, today))
        return Analysis(graph, judgement, settings, known, numbers, told, listing)

    def seen(
        self, settings: Settings, known: Mapping[baselines.Key, baselines.Entry], today: str
    ) -> frozenset[str]:
        """The fingerprints of what these settings find in this tree."""
        graph = self.graph(settings, self.sources.listing())
        judgement = judge(settings, graph, known, today, may_be_empty=True)
        dead = self._dead_exports(settings, graph)
        found = report(settings, graph, judgement, numbers_of(graph, judgement), dead).findings
        return frozenset(finding.fingerprint for finding in found)

    def _dead_exports(self, settings: Settings, graph: Graph) -> Iterable[Finding]:
        """Only where the config asks: the texts are read once more for it."""
        if _DEAD_EXPORTS not in settings.severities:
            return ()
        from hexci.domain.boundaries import dead_exports  # noqa: PLC0415 - seldom asked for

        wanted = dead_exports.may_have_dead_exports(graph)
        return dead_exports.dead_exports(settings, graph, self.sources.read(wanted))

    def survey(self) -> tuple[Settings, Graph]:
        """The graph alone, whatever the rules; default settings where there are none."""
        listing = self.sources.listing()
        settings = self.settings(listing) or Settings()
        return settings, self.graph(settings, listing)

    def settings(self, listing: Mapping[str, str]) -> Settings | None:
        """What the tree asks for, None where it asks for nothing."""
        for path, read in ((BOUNDARIES_PATH, self.read_yaml), (PYPROJECT, self.read_pyproject)):
            if path in listing:
                content = dict(self.sources.read([path])).get(path)
                found = None if content is None else read(content, path)
                if found is not None:
                    return found
        return None

    def graph(self, settings: Settings, listing: Mapping[str, str]) -> Graph:
        """The graph of a listing."""
        return read_graph(
            settings,
            listing,
            sources=self.sources,
            parser=self.parser,
            store=self.store,
            full_parse=self.full_parse,
        )


def read_graph(  # noqa: PLR0913 - each is a part of its own
    settings: Settings,
    listing: Mapping[str, str],
    *,
    sources: "Sources",
    parser: "FullParser",
    store: "GraphStore",
    full_parse: bool = False,
) -> Graph:
    """The graph of a listing, with as much as possible from the kept one."""
    paths = sources_of(listing, settings)
    documents = {path: listing[path] for path in documents_of(listing)}
    key = _key(documents, settings, full_parse=full_parse)
    kept = store.load()
    reader = _Reader(sources, parser, settings, full_parse)
    if kept is not None and kept.key == key and kept.graph.paths == paths:
        changed = [n for n, path in enumerate(paths) if kept.shas[n] != listing[path]]
        if not changed:
            return kept.graph
        if len(changed) <= _FEW and can_patch(paths[n] for n in changed):
            said = dict.fromkeys(changed, EMPTY)
            said.update(reader.extracts(paths, changed))
            tree = Tree(paths, listing, dict(sources.read(documents)))
            return patch_graph(kept.graph, tree, said, settings)
    known = kept if kept is not None and kept.key[:8] == key[:8] else None
    tree = Tree(paths, listing, dict(sources.read(documents)))
    graph = build_graph(tree, _said(paths, listing, known, reader), settings)
    store.save(key, graph, (listing[path] for path in paths))
    return graph


def _said(
    paths: list[str], listing: Mapping[str, str], kept: Kept | None, reader: "_Reader"
) -> Iterator[tuple[int, Extract]]:
    """What each file says, by its number: read back where the blob is known, else read."""
    if kept is None:
        yield from reader.extracts(paths, range(len(paths)))
        return
    nodes = {sha: node for node, sha in enumerate(kept.shas)}
    missing = []
    for number, path in enumerate(paths):
        node = nodes.get(listing[path])
        if node is None:
            missing.append(number)
        else:
            yield number, extract_of(kept.graph, node)
    yield from reader.extracts(paths, missing)


def read_baseline(
    listing: Mapping[str, str], sources: "Sources"
) -> Mapping[baselines.Key, baselines.Entry]:
    """The known violations; none where there is no baseline file."""
    if BASELINE_PATH not in listing:
        return {}
    content = dict(sources.read([BASELINE_PATH]))
    return baselines.parse(content.get(BASELINE_PATH, b"").decode(), BASELINE_PATH)


class _Reader(NamedTuple):
    """Reads what files say, by scanner or parser."""

    sources: "Sources"
    parser: "FullParser"
    settings: Settings
    full_parse: bool

    def extracts(
        self, paths: Sequence[str], numbers: Sequence[int]
    ) -> Iterator[tuple[int, Extract]]:
        """What the files with these numbers say, one by one; none for one that is gone."""
        strings = PathSet(self.settings.strings) if self.settings.strings else ()
        wanted = [paths[number] for number in numbers]
        expected = 0
        for path, raw in self.sources.read(wanted):
            if expected == len(wanted) or wanted[expected] != path:  # one that came late
                expected = bisect_left(wanted, path)
            number = numbers[expected]
            expected += 1
            extract = self._extract(path, raw)
            if path in strings:
                from hexci.domain.boundaries.strings import with_strings  # noqa: PLC0415 - seldom

                extract = with_strings(extract, raw, language_of(path))
            if MARKED.search(raw) is not None:
                ignores = find_ignores(raw)
                marked = tuple((text, line, column) for line, column, text in ignores)
                extract = extract._replace(ignores=marked)
            yield number, extract

    def _extract(self, path: str, raw: bytes) -> Extract:
        language = language_of(path)
        extract = None if self.full_parse else read_source(language, path, raw)
        if extract is not None:
            return extract
        note = unreadable(raw, language)
        if note is not None:
            return note
        parsed = self.parser.parse(language, path, raw)
        return with_notes(parsed, raw, language)._replace(parsed=True)


def _key(documents: Mapping[str, str], settings: Settings, *, full_parse: bool) -> str:
    """What the kept graph depends on besides its paths and the content of its sources."""
    engine = f"{READER_VERSION:>7}{'p' if full_parse else 's'}"
    asked = (settings.roots, settings.tests, settings.strings)
    return engine + repr((asked, sorted(documents.items())))
