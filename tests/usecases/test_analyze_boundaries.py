"""The kept graph: what it saves, and that it never changes what is seen."""

from collections.abc import Iterable

from fakes.trees import MemoryTree, said
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.treesitter.lazily import LazyParser
from hexci.domain.boundaries.graph import Graph, Kept
from hexci.domain.boundaries.settings import Settings
from hexci.usecases.analyze_boundaries import read_graph


class KeptGraph:
    """Keeps the graph in memory."""

    def __init__(self) -> None:
        self.kept: Kept | None = None

    def load(self) -> Kept | None:
        return self.kept

    def save(self, key: str, graph: Graph, shas: Iterable[str]) -> None:
        self.kept = Kept(key, graph, list(shas))


def seen(files: dict[str, str], store: KeptGraph) -> dict[str, list[str]]:
    tree = MemoryTree(files)
    graph = read_graph(Settings(), tree.listing(), sources=tree, parser=LazyParser(), store=store)
    return {path: said(graph, path) for path in graph.paths}


TEXTS = st.sampled_from(
    ("", "import a\n", "import b\nimport os\n", "from c import x, y\n", "import a.b\n", "import q")
)
TREES = st.dictionaries(st.sampled_from(("a.py", "b.py", "c.py", "d/e.py")), TEXTS, min_size=1)


@given(st.lists(TREES, min_size=2, max_size=4))
def test_a_kept_graph_never_changes_what_is_seen(trees: list[dict[str, str]]) -> None:
    store = KeptGraph()
    for files in trees:
        assert seen(files, store) == seen(files, KeptGraph())


def test_only_changed_files_are_read_again() -> None:
    files = {"a.py": "import b\n", "b.py": ""}
    store = KeptGraph()
    seen(files, store)
    read: list[str] = []

    class Watched(MemoryTree):
        def read(self, paths):  # type: ignore[no-untyped-def]
            wanted = list(paths)
            read.extend(wanted)
            return super().read(wanted)

    tree = Watched({**files, "b.py": "import a\n"})
    read_graph(Settings(), tree.listing(), sources=tree, parser=LazyParser(), store=store)
    assert read == ["b.py"]
