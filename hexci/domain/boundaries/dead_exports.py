"""Public names of Python modules that no other file asks for by name."""

from collections.abc import Iterable, Iterator

from hexci.domain.boundaries.exceptions import finding_at
from hexci.domain.boundaries.graph import NOTES, Graph
from hexci.domain.boundaries.python.exports import exports_of
from hexci.domain.boundaries.settings import Settings
from hexci.domain.finding import Finding

RULE = "HX033"


def may_have_dead_exports(graph: Graph) -> list[str]:
    """The files to look into: Python code that others import by name only.

    A module that is imported whole (`import a.b`, `from a import b`, `*`) may be asked for any
    of its names, and one that nobody imports is a matter of HX032.
    """
    by_name, whole = _wanted(graph)
    return [
        path
        for node, path in enumerate(graph.paths)
        if path.endswith(".py")
        and node in by_name
        and node not in whole
        and not graph.tests[node]
        and not path.endswith(("/__init__.py", "/__main__.py", "/conftest.py"))
    ]


def dead_exports(
    settings: Settings, graph: Graph, contents: Iterable[tuple[str, bytes]]
) -> Iterator[Finding]:
    """A finding for every name in `contents` (path, text) that nobody asks for."""
    by_name, _ = _wanted(graph)
    number = {path: node for node, path in enumerate(graph.paths)}
    for path, raw in contents:
        asked = by_name[number[path]]
        for name, line in exports_of(raw):
            if name not in asked:
                module = graph.modules[number[path]]
                text = f"no file imports {name} from {module}, which does not use it either"
                yield finding_at(settings, RULE, path, line, 1, text, identity=f"{module}:{name}")


def _wanted(graph: Graph) -> tuple[dict[int, set[str]], set[int]]:
    """Per module the names that others ask for, and the modules that are imported whole."""
    by_name: dict[int, set[str]] = {}
    whole: set[int] = set()
    for row, target in enumerate(graph.targets):
        if target < 0 or graph.bits(row) & NOTES:
            continue
        module, _, names = graph.text(row).partition(":")
        asked = names.split(",") if names else []
        last = graph.modules[target].rpartition(".")[2]
        if not asked or "*" in asked or (last in asked and not module.endswith(last)):
            whole.add(target)
        by_name.setdefault(target, set()).update(asked)
    return by_name, whole
