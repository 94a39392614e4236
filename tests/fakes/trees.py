"""Small trees in memory, as sources of the boundary analysis."""

from collections.abc import Iterable, Iterator, Mapping

from hexci.adapters.treesitter.lazily import LazyParser
from hexci.domain.boundaries.graph import IGNORE, PROBLEM, Graph
from hexci.domain.boundaries.kinds import kind_names
from hexci.domain.boundaries.reporting import numbers_of, report
from hexci.domain.boundaries.rulebook import judge
from hexci.domain.boundaries.settings import Settings
from hexci.domain.boundaries.targets import EXTERNAL, NOTHING
from hexci.domain.finding import Report
from hexci.usecases.analyze_boundaries import read_graph

ENGINES = ("scan", "tree-sitter")


class MemoryTree:
    """Files in memory; a file's SHA is its path and content."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            path: content.encode() if isinstance(content, str) else content
            for path, content in files.items()
        }

    def listing(self) -> Mapping[str, str]:
        return {path: f"{path}={content!r}" for path, content in self._files.items()}

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            yield path, self._files[path]


class NoStore:
    """Keeps nothing."""

    def load(self) -> None:
        return None

    def save(self, key: str, graph: Graph, shas: Iterable[str]) -> None:
        pass


def graph_of(
    files: Mapping[str, str | bytes], engine: str = "scan", settings: Settings | None = None
) -> Graph:
    """The graph of some files."""
    tree = MemoryTree(files)
    return read_graph(
        settings or Settings(),
        tree.listing(),
        sources=tree,
        parser=LazyParser(),
        store=NoStore(),
        full_parse=engine == "tree-sitter",
    )


def judged(settings: Settings, graph: Graph) -> Report:
    """What is told of a graph that no baseline excuses."""
    judgement = judge(settings, graph, {}, "2027-01-01")
    return report(settings, graph, judgement, numbers_of(graph, judgement))


def said(graph: Graph, path: str) -> list[str]:
    """What the file at `path` imports, one line each: `LINE TARGET kind`.

    A package from outside is `=name`, something missing `?note`, a problem `!text`.
    """
    node = graph.paths.index(path)
    lines = []
    for row in graph.rows(node):
        target, bits = graph.targets[row], graph.bits(row)
        if bits & IGNORE:
            continue
        if bits & PROBLEM:
            lines.append(f"{graph.lines[row]} !{graph.text(row)}")
            continue
        if target >= 0:
            name = graph.paths[target]
        elif graph.mark(target) == NOTHING:
            continue
        else:
            mark = "=" if graph.mark(target) == EXTERNAL else "?"
            name = mark + graph.name(target)
        kinds = ",".join(kind_names(bits))
        lines.append(f"{graph.lines[row]} {name} {kinds}")
    return lines
