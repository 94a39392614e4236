"""Python tests with a witness beside them: what they call is noted, or repeated in their place."""

import ast
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from hexci.domain.gate.constants import UNKNOWN, literal

# Constants of a change, as inputs to try.
_POOL = 60

_PRELUDE = """
def _witness():
    import importlib, importlib.util, os, sys
    name = {package!r}
    root = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), {up!r}))
    if name not in sys.modules:
        folder = os.path.join(root, name)
        spec = importlib.util.spec_from_file_location(
            name, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder])
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return importlib.import_module(name + {program!r}), root
"""
_WATCH = """
def _watch():
    import sys
    watching, root = _witness()
    if not hasattr(watching, "watch"):
        watching.watch = watching.Watch(root, {tests!r}, {out!r})
    return watching.watch
_watch()
"""
_WATCHED = """
_watch().begin()
try:
    pass
finally:
    _watch().end()
"""
_REPEAT = """
def _repeat():
    import json, os
    repeating, root = _witness()
    if not hasattr(repeating, "done"):
        repeating.done = True
        with open(os.path.join(root, {calls!r})) as told:
            record = json.load(told)
        os.environ.update(record["environment"])
        tell = repeating.Tell(os.path.join(root, {out!r}))
        repeating.repeat(record, tell, "harness", (), {seconds!r})
"""
_START = """
import os
import sys
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, root)
from {package}.repeating import in_worlds
in_worlds(root, {orders!r})
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Place:
    """Where the witness's package lies in a room, and the files that it writes there."""

    package: str

    @property
    def calls(self) -> str:
        """The record of calls."""
        return f"{self.package}/calls"

    @property
    def answers(self) -> str:
        """What came out when they were repeated."""
        return f"{self.package}/answers"

    @property
    def start(self) -> str:
        """The program that repeats them."""
        return f"{self.package}/start.py"


def watched_tests(
    path: str, source: bytes, names: Collection[str], place: Place, tests: Collection[str]
) -> bytes | None:
    """The test file `path` with the bodies of `names` watched; None when it has none of them.

    `tests` are all test files: what they call is noted, what is called in between is not.
    """
    tree = _parsed(source)
    found = [] if tree is None else [f for f in _functions(tree) if f.name in names]
    if tree is None or not found:
        return None
    for function in found:
        begin, body = ast.parse(_WATCHED).body
        assert isinstance(body, ast.Try)  # noqa: S101 - for the type checker
        body.body = function.body
        function.body = [begin, body]
    prelude = prelude_of(path, place, ".watching")
    prelude += _WATCH.format(tests=sorted(tests), out=place.calls)
    at = 0
    while at < len(tree.body) and _comes_first(tree.body[at]):
        at += 1
    tree.body[at:at] = ast.parse(prelude).body
    return ast.unparse(ast.fix_missing_locations(tree)).encode()


def repeating_tests(
    path: str, source: bytes, names: Collection[str], place: Place, seconds: float
) -> bytes | None:
    """A test file with the tests `names` of `source` that does nothing but repeat the calls."""
    tree = _parsed(source)
    if tree is None:
        return None
    prelude = prelude_of(path, place, ".repeating")
    prelude += _REPEAT.format(calls=place.calls, out=place.answers, seconds=seconds)
    lines = [prelude]
    for node in tree.body:
        if isinstance(node, Function) and node.name in names:
            lines.append(f"def {node.name}():\n    _repeat()\n")
        if isinstance(node, ast.ClassDef):
            inner = [f.name for f in node.body if isinstance(f, Function) and f.name in names]
            if inner:
                bases = "(__import__('unittest').TestCase)" if node.bases else ""
                lines.append(f"class {node.name}{bases}:")
                lines += [f"    def {name}(self):\n        _repeat()\n" for name in inner]
    return "\n".join(lines).encode() if len(lines) > 1 else None


def start_program(
    place: Place, pool: Collection[object], edges: Collection[object], seconds: float
) -> bytes:
    """The program that repeats the calls in a plain process.

    `pool` are constants of the change, as inputs; `edges` those of base: a change that shows at
    one of them moves a bound.
    """
    orders = {
        "calls": place.calls,
        "out": place.answers,
        "pool": list(pool),
        "edges": list(edges),
        "seconds": seconds,
    }
    return _START.format(package=place.package, orders=orders).encode()


def interpreter_of(record: bytes) -> str:
    """The Python that ran the tests, as the record of calls says; empty when it says nothing."""
    try:
        told = json.loads(record)
        python, calls = told["python"], told["calls"]
    except (ValueError, KeyError, TypeError):
        return ""
    usable = isinstance(python, str) and python.startswith("/") and isinstance(calls, list)
    return python if usable and calls else ""


def constants_of(sources: Mapping[str, bytes]) -> tuple[object, ...]:
    """Numbers, texts and tuples written out in the code, keys of tables first."""
    keys: list[object] = []
    others: list[object] = []
    for _, source in sorted(sources.items()):
        for node in ast.walk(_parsed(source) or ast.Module([], [])):
            if isinstance(node, ast.Dict):
                keys += [literal(k) for k in node.keys]
            elif isinstance(node, ast.Constant | ast.Tuple | ast.UnaryOp):
                others.append(literal(node))
    known = {
        repr(value): value
        for value in (*keys, *others)
        if value is not UNKNOWN and isinstance(value, int | float | str | tuple)
        if not isinstance(value, bool) and len(repr(value)) < 100
    }
    return tuple(known.values())[:_POOL]


def only_data_changed(before: bytes | None, after: bytes | None) -> bool:
    """Whether two versions differ in nothing but the rows of tables that both have."""
    old, new = _parsed(before or b""), _parsed(after or b"")
    if old is None or new is None or before is None or after is None:
        return False
    return ast.dump(_WithoutRows().visit(old)) == ast.dump(_WithoutRows().visit(new))


def prelude_of(path: str, place: Place, program: str) -> str:
    """Defines `_witness()`: a module of the witness (such as `.watching`) and the room's root."""
    up = "/".join([".."] * (len(PurePosixPath(path).parts) - 1)) or "."
    return _PRELUDE.format(package=place.package, up=up, program=program)


def adds_table(before: bytes | None, after: bytes | None) -> bool:
    """Whether a new container of at least four numbers is written out."""
    had = {ast.dump(n) for n in _containers(before)}
    return any(ast.dump(n) not in had for n in _containers(after))


def _containers(source: bytes | None) -> list[ast.AST]:
    return [
        node
        for node in ast.walk(_parsed(source or b"") or ast.Module([], []))
        if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict)
        if isinstance(members := literal(node), list | tuple | set | dict) and len(members) >= 4
        if all(isinstance(m, int | float) for m in members)
    ]


class _WithoutRows(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Written-out containers lose their rows."""
        if isinstance(node, ast.Dict | ast.List | ast.Set | ast.Tuple):
            members = literal(node)
            if members is not UNKNOWN and members:
                return ast.Constant("rows")
        return super().generic_visit(node)


def _parsed(source: bytes) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def _functions(tree: ast.Module) -> list[Function]:
    return [n for n in ast.walk(tree) if isinstance(n, Function)]


def _comes_first(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
