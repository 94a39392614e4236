"""The graph of whole packages beside grimp's, the graph inside import-linter.

Where both differ, one of these rules says why; anything else fails:

- folders without `__init__.py` are left out there: edges from and to their modules are ours alone;
- `__import__("pkg.a")` is an edge here and unseen there;
- `from pkg.compiled import f`, where no Python file is `pkg.compiled`, runs `pkg` first: an edge to
  `pkg` with a note here, nothing there;
- a module that imports itself (`from .table import Table` in an example at its end) is an edge
  there and none here: nothing is coupled by it.
"""

import sys
from pathlib import Path

import grimp
import pytest
from fakes.archives import wheel
from fakes.trees import graph_of

from hexci.domain.boundaries.kinds import DYNAMIC
from hexci.domain.boundaries.settings import Settings

PACKAGES = (
    ("httpx==0.28.1", "httpx"),
    ("rich==13.9.4", "rich"),
    ("django==5.1.15", "django"),
    ("sqlalchemy==2.0.36", "sqlalchemy"),
)
Edges = set[tuple[str, str]]


def edges_of_grimp(tree: Path, package: str) -> Edges:
    sys.path.insert(0, str(tree))
    try:
        graph = grimp.build_graph(package, cache_dir=None)
    finally:
        sys.path.remove(str(tree))
    found = {(m, to) for m in graph.modules for to in graph.find_modules_directly_imported_by(m)}
    return {(importer, imported) for importer, imported in found if importer != imported}


def edges_of_ours(tree: Path, package: str) -> tuple[Edges, Edges]:
    """All edges, and those among them that grimp can see too."""
    files = {
        file.relative_to(tree).as_posix(): file.read_bytes()
        for file in (tree / package).rglob("*.py")
    }
    graph = graph_of(files, settings=Settings(exclude=()))
    absent = {(node, graph.lines[row]) for node, row in graph.unresolved()}
    every: Edges = set()
    plain: Edges = set()
    for node, rows in enumerate(graph.imports(type_only=True, tests=True)):
        for row in rows:
            edge = (graph.modules[node], graph.modules[graph.targets[row]])
            every.add(edge)
            if not graph.bits(row) & DYNAMIC and (node, graph.lines[row]) not in absent:
                plain.add(edge)
    hidden = without_init(tree, package)
    return every, {edge for edge in plain if hidden.isdisjoint(edge)}


def without_init(tree: Path, package: str) -> set[str]:
    """Modules that grimp does not see: some folder above has no `__init__.py`."""
    top = tree / package
    hidden = set()
    for file in top.rglob("*.py"):
        folders = [file.parent, *file.parent.parents]
        inside = folders[: folders.index(tree)]
        if not all((folder / "__init__.py").exists() for folder in inside):
            hidden.add(".".join(file.relative_to(tree).with_suffix("").parts))
    return hidden


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "package"), PACKAGES)
def test_the_edges_are_grimps_but_for_what_grimp_does_not_see(
    wanted: str, package: str, tmp_path: Path
) -> None:
    tree = wheel(wanted, tmp_path)
    ours, visible = edges_of_ours(tree, package)
    theirs = edges_of_grimp(tree, package)
    assert theirs - ours == set()
    assert visible - theirs == set()
    assert len(theirs) > 30
