"""Checks the imports of a tree against its boundaries."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

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
from hexci.domain.boundaries.graph import PARSED, Graph, extracts_of
from hexci.domain.boundaries.kinds import EMPTY, Extract
from hexci.domain.boundaries.languages import inline_ignores, read_source, unreadable, with_notes
from hexci.domain.boundaries.path_sets import PathSet
from hexci.domain.boundaries.reporting import report
from hexci.domain.boundaries.rulebook import Judgement, judge
from hexci.domain.boundaries.settings import BASELINE_PATH, BOUNDARIES_PATH, PYPROJECT, Settings
from hexci.domain.finding import Finding, Report
from hexci.errors import BadInputError

if TYPE_CHECKING:  # protocols take a millisecond to import
    from hexci.ports.graphs import GraphStore
    from hexci.ports.sources import FullParser, Sources

# part of every key: what is kept was made by this version of the scanners and resolvers
READER_VERSION = "3"
_DEAD_EXPORTS = "HX033"
_FEW = 32  # files; up to here the kept graph is patched and not written again


class Analysis(NamedTuple):
    """The graph of a tree, what the rules say about it, and the report."""

    graph: Graph
    judgement: Judgement
    settings: Settings
    known: Mapping[baselines.Key, baselines.Entry]
    report: Report

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
        told = report(settings, graph, judgement, self._dead_exports(settings, graph, listing))
        if since is not None:
            told = told.without(since.seen(settings, known, today))
        return Analysis(graph, judgement, settings, known, told)

    def seen(
        self, settings: Settings, known: Mapping[baselines.Key, baselines.Entry], today: str
    ) -> frozenset[str]:
        """The fingerprints of what these settings find in this tree."""
        graph = self.graph(settings, self.sources.listing())
        judgement = judge(settings, graph, known, today, may_be_empty=True)
        dead = self._dead_exports(settings, graph, self.sources.listing())
        found = report(settings, graph, judgement, dead).findings
        return frozenset(finding.fingerprint for finding in found)

    def _dead_exports(
        self, settings: Settings, graph: Graph, listing: Mapping[str, str]
    ) -> Iterable[Finding]:
        """Only where the config asks: the texts are read once more for it."""
        if _DEAD_EXPORTS not in settings.severities:
            return ()
        from hexci.domain.boundaries import dead_exports  # noqa: PLC0415 - seldom asked for

        wanted = {path: listing[path] for path in dead_exports.may_have_dead_exports(graph)}
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
                content = dict(self.sources.read({path: listing[path]})).get(path)
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
    wanted = {path: listing[path] for path in sources_of(listing, settings)}
    documents = {path: listing[path] for path in documents_of(listing)}
    key = _key(wanted, documents, settings, full_parse=full_parse)
    kept = store.load()
    if kept is not None and kept[0] == key:
        graph = kept[1]
        changed = [n for n, path in enumerate(graph.paths) if graph.shas[n] != wanted[path]]
        if not changed:
            return graph
        if len(changed) <= _FEW and can_patch(graph.paths[n] for n in changed):
            some = {graph.paths[n]: wanted[graph.paths[n]] for n in changed}
            said = _read(some, sources, parser, settings, full_parse=full_parse)
            tree = Tree(wanted, sorted(listing), dict(sources.read(documents)))
            by_node = {n: said.get(wanted[graph.paths[n]], EMPTY) for n in changed}
            return patch_graph(graph, tree, by_node, settings)
    known = extracts_of(kept[1]) if kept is not None and kept[0][:8] == key[:8] else {}
    missing = {path: sha for path, sha in wanted.items() if sha not in known}
    known.update(_read(missing, sources, parser, settings, full_parse=full_parse))
    tree = Tree(wanted, sorted(listing), dict(sources.read(documents)))
    graph = build_graph(tree, known, settings)
    store.save(key, graph)
    return graph


def read_baseline(
    listing: Mapping[str, str], sources: "Sources"
) -> Mapping[baselines.Key, baselines.Entry]:
    """The known violations; none where there is no baseline file."""
    if BASELINE_PATH not in listing:
        return {}
    content = dict(sources.read({BASELINE_PATH: listing[BASELINE_PATH]}))
    return baselines.parse(content.get(BASELINE_PATH, b"").decode(), BASELINE_PATH)


def _read(
    wanted: Mapping[str, str],
    sources: "Sources",
    parser: "FullParser",
    settings: Settings,
    *,
    full_parse: bool,
) -> dict[str, Extract]:
    """What the files say, by blob SHA."""
    found: dict[str, Extract] = {}
    strings = PathSet(settings.strings) if settings.strings else ()
    for path, raw in sources.read(wanted):
        language = language_of(path)
        extract = None if full_parse else read_source(language, path, raw)
        if extract is None:
            extract = _parsed(language, path, raw, parser)
        if path in strings:
            from hexci.domain.boundaries.strings import with_strings  # noqa: PLC0415 - seldom used

            extract = with_strings(extract, raw, language)
        ignores = inline_ignores(raw)
        if ignores:
            marked = tuple((text, line, column) for line, column, text in ignores)
            extract = extract._replace(ignores=marked)
        found[wanted[path]] = extract
    return found


def _parsed(language: str, path: str, raw: bytes, parser: "FullParser") -> Extract:
    note = unreadable(raw, language)
    if note is not None:
        return note
    return with_notes(parser.parse(language, path, raw), raw, language)._replace(parsed=True)


def _key(
    wanted: Mapping[str, str], documents: Mapping[str, str], settings: Settings, *, full_parse: bool
) -> str:
    """What the kept graph depends on besides the content of the sources."""
    engine = f"{READER_VERSION:>7}{'p' if full_parse else 's'}"
    parts = [
        *sorted(wanted),
        *(f"{path}\0{sha}" for path, sha in sorted(documents.items())),
        repr((settings.roots, settings.tests, settings.strings)),
    ]
    return engine + sha256("\0\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
