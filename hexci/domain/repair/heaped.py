"""Heaps that are used as if they were in order: what `heapq` keeps, only `heapq` may take apart."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.source import called_name

_KEEPING = frozenset(["heappush", "heappop", "heapify", "heapreplace", "heappushpop"])
_BREAKING = frozenset(["pop", "insert", "reverse"])


def taken_apart(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of list methods that break the order of what the file gives to `heapq`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    heaps = {
        ast.dump(call.args[0]) for call in calls if called_name(call.func) in _KEEPING and call.args
    }
    for call in calls:
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr not in _BREAKING:
            continue
        if ast.dump(method.value) in heaps:
            yield call
