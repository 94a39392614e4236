"""Special-casing: code that answers the very inputs of a test with the very value it expects.

Judged by structure. A new branch, table or constant counts when it compares whole parameters of a
function with literals, gives back a literal, and a test pairs exactly these; when the function
computed its result before; and when the inputs are more than the usual base cases (0, 1, "").
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hexci.domain.gate.constants import UNKNOWN, literal

_TRIVIAL = (0, 1, -1, 2, "", None, True, False, (), b"", 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """What a test says: called with these literals, this literal comes out (`repr` of both)."""

    inputs: frozenset[str]
    expected: str


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """A place in production code that answers a test instead of computing."""

    line: int
    text: str


Function = ast.FunctionDef | ast.AsyncFunctionDef


def pairs_of(source: bytes) -> frozenset[Pair]:
    """All (inputs, expected) pairs that a test file states."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(_pairs(tree))


def special_cases(
    before: bytes | None, after: bytes, pairs: Iterable[Pair]
) -> tuple[SpecialCase, ...]:
    """Places in `after`, and not in `before`, that answer `pairs` literally."""
    known = frozenset(pairs)
    try:
        old, new = ast.parse(before or b""), ast.parse(after)
    except (SyntaxError, ValueError):
        return ()
    had = {f.name: f for f in _functions(old)}
    tables = {**_tables(new)}
    for name in _tables(old):
        tables.pop(name, None)
    found = []
    for function in _functions(new):
        base = had.get(function.name)
        if base is not None and (ast.dump(base) == ast.dump(function) or not _computes(base)):
            continue
        found += _cases(function, base, known, tables)
    return tuple(found)


def _cases(
    function: Function,
    base: Function | None,
    pairs: frozenset[Pair],
    tables: Mapping[str, ast.Dict],
) -> list[SpecialCase]:
    parameters = _parameters(function)
    answered = [c for c in _answers(function, parameters) if base is None or not _had(base, c)]
    found = []
    for node, inputs, result in answered:
        if _telling(inputs) and Pair(frozenset(map(repr, inputs)), repr(result)) in pairs:
            shown = ", ".join(map(repr, inputs))
            found.append(
                SpecialCase(node.lineno, f"answers {shown} with {result!r}, as a test does")
            )
    found += _table_cases(function, pairs, tables)
    found += [
        SpecialCase(function.lineno, f"picks {result!r} where it computed, as a test expects")
        for result in _constant_result(function, base, parameters)
        if any(repr(result) == pair.expected for pair in pairs)
    ]
    return found


def _answers(
    function: Function, parameters: frozenset[str]
) -> Iterator[tuple[ast.stmt | ast.expr, tuple[object, ...], object]]:
    """Branches that compare parameters with literals and give a literal back."""
    for node in ast.walk(function):
        if isinstance(node, ast.If) and len(node.body) == 1:
            result = _given_back(node.body[0])
        elif isinstance(node, ast.IfExp):
            result = literal(node.body)
        else:
            continue
        inputs = _compared(node.test, parameters)
        if inputs and result is not UNKNOWN:
            yield node, inputs, result


def _given_back(node: ast.stmt) -> object:
    if isinstance(node, ast.Return | ast.Assign):
        return literal(node.value) if node.value is not None else None
    return UNKNOWN


def _compared(test: ast.expr, parameters: frozenset[str]) -> tuple[object, ...]:
    """The literals that `test` demands of parameters, empty when it asks anything else."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        parts = [_compared(value, parameters) for value in test.values]
        return tuple(v for part in parts for v in part) if all(parts) else ()
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return ()
    left, right = test.left, test.comparators[0]
    if isinstance(test.ops[0], ast.In) and _is_parameter(left, parameters):
        members = literal(right)
        single = isinstance(members, list | tuple | set) and len(members) == 1
        return tuple(members) if single and isinstance(members, list | tuple | set) else ()
    if not isinstance(test.ops[0], ast.Eq | ast.Is):
        return ()
    if literal(left) is not UNKNOWN:
        left, right = right, left
    value = literal(right)
    if value is UNKNOWN:
        return ()
    if isinstance(left, ast.Tuple) and isinstance(value, tuple):
        whole = all(_is_parameter(e, parameters) for e in left.elts)
        return value if whole else ()
    return (value,) if _is_parameter(left, parameters) else ()


def _is_parameter(node: ast.expr, parameters: frozenset[str]) -> bool:
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        node = node.args[0]  # str(x) == "…", tuple(x) == (…), repr(x) == "…"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        node = node.func.value  # text.strip() == "…"
    return isinstance(node, ast.Name) and node.id in parameters


def _had(base: Function, case: tuple[ast.stmt | ast.expr, tuple[object, ...], object]) -> bool:
    """Whether the function answered in this manner before: the same case, or one of its kind."""
    parameters = _parameters(base)
    return any(type(r) is type(case[2]) for _, _, r in _answers(base, parameters))


def _telling(inputs: tuple[object, ...]) -> bool:
    """Whether somebody must have read the test to know these inputs."""
    weight = 0.0
    for value in inputs:
        if any(type(value) is type(t) and value == t for t in _TRIVIAL):
            weight += 0.5
        else:
            weight += 2.0 if isinstance(value, int) and abs(value) < 13 else 4.0
    return weight >= 2.5


def _table_cases(
    function: Function, pairs: frozenset[Pair], tables: Mapping[str, ast.Dict]
) -> Iterator[SpecialCase]:
    for node in ast.walk(function):
        table = node if isinstance(node, ast.Dict) else None
        if isinstance(node, ast.Name) and node.id in tables:
            table = tables[node.id]
        if table is None or not table.keys:
            continue
        rows = [(literal(k), literal(v)) for k, v in zip(table.keys, table.values, strict=True)]
        stated = [
            key
            for key, value in rows
            if Pair(frozenset(map(repr, _spread(key))), repr(value)) in pairs
        ]
        whole = len(stated) == len(rows) and all(isinstance(key, tuple) for key in stated)
        if whole and any(_telling(_spread(key)) for key in stated):
            yield SpecialCase(table.lineno, "a table holds nothing but what the tests ask")


def _spread(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


def _constant_result(
    function: Function, base: Function | None, parameters: frozenset[str]
) -> Iterator[object]:
    """The telling results of a function that used to compute and now only picks literals."""
    if base is None or not parameters or _computes(function):
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Return):
            choices = [node.value]
            if isinstance(node.value, ast.IfExp):
                choices = [node.value.body, node.value.orelse]
            yield from (v for v in map(literal, choices) if v is not UNKNOWN and _telling((v,)))


def _computes(function: Function) -> bool:
    """Whether some result is worked out, not just picked."""
    results = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value]
    choices = [
        c for r in results for c in ((r.body, r.orelse) if isinstance(r, ast.IfExp) else (r,))
    ]
    return any(literal(value) is UNKNOWN for value in choices) or not results


def _parameters(function: Function) -> frozenset[str]:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [a for a in (arguments.vararg, arguments.kwarg) if a]
    return frozenset(a.arg for a in every if a.arg not in ("self", "cls"))


def _functions(tree: ast.Module) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _tables(tree: ast.Module) -> dict[str, ast.Dict]:
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _pairs(tree: ast.Module) -> Iterator[Pair]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from _sides(node.left, node.comparators[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr.startswith("assert") and len(node.args) >= 2:
                yield from _sides(node.args[0], node.args[1])
            elif node.func.attr == "parametrize" and len(node.args) >= 2:
                yield from _rows(node.args[1])


def _sides(left: ast.expr, right: ast.expr) -> Iterator[Pair]:
    for call, value in ((left, literal(right)), (right, literal(left))):
        if isinstance(call, ast.Call) and value is not UNKNOWN:
            given = [literal(a) for a in (*call.args, *(k.value for k in call.keywords))]
            if given and UNKNOWN not in given:
                yield Pair(frozenset(map(repr, given)), repr(value))


def _rows(table: ast.expr) -> Iterator[Pair]:
    for row in getattr(table, "elts", []):
        values = [literal(e) for e in getattr(row, "elts", [])]
        if len(values) >= 2 and not any(v is UNKNOWN for v in values):
            yield Pair(frozenset(map(repr, values[:-1])), repr(values[-1]))
            yield Pair(frozenset(map(repr, values[1:])), repr(values[0]))
