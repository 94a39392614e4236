"""The graph on the disk: as it was, or nothing."""

from pathlib import Path

from fakes.trees import graph_of
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.extracts.stored_graph import StoredGraph
from hexci.domain.boundaries.graph import Graph

COLUMNS = (
    "paths", "modules", "names", "texts", "tests", "first", "targets", "lines", "meta", "specs",
)  # fmt: skip
GRAPH = graph_of(
    {"a.py": "import b\nimport os\nfrom . import gone\n", "b.py": "import a  # é\n", "c/d.py": ""}
)
SHAS = ["1", "2", "3"]


def columns(graph: Graph) -> list[object]:
    return [getattr(graph, name) for name in COLUMNS]


def test_a_kept_graph_comes_back_as_it_was(tmp_path: Path) -> None:
    store = StoredGraph(str(tmp_path))
    store.save("key\n", GRAPH, iter(SHAS))
    kept = store.load()
    assert kept is not None
    assert (kept.key, kept.shas, columns(kept.graph)) == ("key\n", SHAS, columns(GRAPH))


def test_a_file_that_was_cut_short_is_no_graph(tmp_path: Path) -> None:
    store = StoredGraph(str(tmp_path))
    store.save("key", GRAPH, SHAS)
    whole = (tmp_path / "graph").read_bytes()
    for length in range(len(whole)):
        (tmp_path / "graph").write_bytes(whole[:length])
        assert store.load() is None, length


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_damaged_file_never_ends_the_run(tmp_path_factory, at: int, byte: int) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.getbasetemp()
    store = StoredGraph(str(folder))
    store.save("key", GRAPH, SHAS)
    whole = bytearray((folder / "graph").read_bytes())
    whole[at % len(whole)] = byte
    (folder / "graph").write_bytes(whole)
    kept = store.load()
    # what is believed can be walked
    assert kept is None or [kept.graph.text(row) for row in range(len(kept.graph.targets))]
