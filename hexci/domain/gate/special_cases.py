"""Special-casing: code that answers the very inputs of a test with the very value it expects.

Judged by structure. A new branch or table counts when it asks a parameter for one value, gives a
written-out value back, and a test pairs exactly these; when the function computed its result
before; and when the inputs are more than the usual base cases (0, 1, "").
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hexci.domain.gate.constants import UNKNOWN, literal
from hexci.domain.gate.evaluation import evaluate
from hexci.domain.gate.stated_pairs import Pair, weight_of

Function = ast.FunctionDef | ast.AsyncFunctionDef
Answer = tuple[int, Pair]

# Together, the inputs that are answered must weigh this much before anyone is accused.
_TELLING = 2.5


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """A place in production code that answers a test instead of computing."""

    line: int
    text: str


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
    tables = {name: table for name, table in _tables(new).items() if name not in _tables(old)}
    found: list[SpecialCase] = []
    for function in _functions(new):
        base = had.get(function.name)
        if base is not None and ast.dump(base) == ast.dump(function):
            continue
        if base is None or _computes(base):
            found += _cases(function, base, known, tables)
    return tuple(found)


def _cases(
    function: Function,
    base: Function | None,
    pairs: frozenset[Pair],
    tables: Mapping[str, ast.Dict],
) -> Iterator[SpecialCase]:
    answers = set(_branch_answers(function, pairs))
    if base is not None and not set(_branch_answers(base, pairs)):
        yield from _told(answers)
    yield from _told(set(_table_answers(function, pairs, tables)))
    if base is None:
        return
    yield from _opaque_tables(function, pairs, tables)
    yield from _picked(function, pairs)
    yield from _pleasing_handlers(function, base, pairs)


def _told(answers: set[Answer]) -> Iterator[SpecialCase]:
    if sum(weight_of(pair.values) for pair in {pair for _, pair in answers}) >= _TELLING:
        for line, pair in sorted(answers, key=lambda answer: answer[0])[:3]:
            shown = ", ".join(map(repr, pair.values))
            yield SpecialCase(line, f"answers {shown} with {pair.expected}, as a test does")


def _branch_answers(function: Function, pairs: frozenset[Pair]) -> Iterator[Answer]:
    for node in ast.walk(function):
        if isinstance(node, ast.Match):
            yield from _match_answers(node, function, pairs)
        for test, given in _branches(node):
            result = evaluate(given, {})
            if result is UNKNOWN or not _pins(test, function):
                continue
            for pair in pairs:
                if pair.expected == repr(result) and _holds(test, pair.bound(function)):
                    yield getattr(node, "lineno", 0), pair


def _branches(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    if isinstance(node, ast.IfExp):
        yield node.test, node.body
    elif isinstance(node, ast.If) and len(node.body) == 1:
        inner = node.body[0]
        if isinstance(inner, ast.Return | ast.Assign):
            yield node.test, inner.value


def _match_answers(node: ast.Match, function: Function, pairs: frozenset[Pair]) -> Iterator[Answer]:
    for case in node.cases:
        pattern = _pattern(case.pattern)
        body = case.body[0] if len(case.body) == 1 else None
        result = evaluate(body.value, {}) if isinstance(body, ast.Return) else UNKNOWN
        if pattern is UNKNOWN or result is UNKNOWN:
            continue
        for pair in pairs:
            subject = evaluate(node.subject, pair.bound(function))
            if pair.expected == repr(result) and _alike(subject) == _alike(pattern):
                yield getattr(case.pattern, "lineno", node.lineno), pair


def _pattern(pattern: ast.pattern) -> object:
    if isinstance(pattern, ast.MatchValue):
        return literal(pattern.value)
    if isinstance(pattern, ast.MatchSequence):
        members = [_pattern(p) for p in pattern.patterns]
        return UNKNOWN if any(m is UNKNOWN for m in members) else tuple(members)
    return UNKNOWN


def _alike(value: object) -> object:
    """Lists as tuples, at every depth: patterns do not tell them apart."""
    return tuple(map(_alike, value)) if isinstance(value, list | tuple) else value


def _pins(test: ast.expr, function: Function) -> bool:
    """Whether `test` asks for single values: equalities on parameters, joined by `and`."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.And) and all(_pins(v, function) for v in test.values)
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return False
    left, right = test.left, test.comparators[0]
    if isinstance(test.ops[0], ast.In):
        return isinstance(right, ast.List | ast.Tuple | ast.Set) and len(right.elts) == 1
    if not isinstance(test.ops[0], ast.Eq | ast.Is):
        return False
    parameters = _parameters(function)
    names = {n.id for n in ast.walk(test) if isinstance(n, ast.Name)}
    # `n % 15 == 0` asks for many values, `n + 1 == 8` for one
    many = any(isinstance(n, ast.Mod | ast.FloorDiv) for n in ast.walk(test))
    return bool(names & parameters) and not many and (evaluate(left, {}) is not evaluate(right, {}))


def _holds(test: ast.expr, values: Mapping[str, object]) -> bool:
    if isinstance(test, ast.BoolOp):
        return all(_holds(v, values) for v in test.values)
    if not isinstance(test, ast.Compare):
        return False
    left, right = evaluate(test.left, values), evaluate(test.comparators[0], values)
    if left is UNKNOWN or right is UNKNOWN:
        return False
    if isinstance(test.ops[0], ast.In):
        return isinstance(right, list | tuple | frozenset) and left in right
    return type(left) is type(right) and left == right


def _table_answers(
    function: Function, pairs: frozenset[Pair], tables: Mapping[str, ast.Dict]
) -> Iterator[Answer]:
    """Tables of which every row is a test's: one row more, and it is knowledge."""
    for table in _tables_of(function, tables):
        rows = [
            (evaluate(k, {}), evaluate(v, {}))
            for k, v in zip(table.keys, table.values, strict=True)
            if k is not None
        ]
        stated = [next((p for p in pairs if p.says(key, value)), None) for key, value in rows]
        if len(rows) >= 2 and len(rows) == len(table.keys) and None not in stated:
            yield from ((table.lineno, pair) for pair in stated if pair is not None)


def _opaque_tables(
    function: Function, pairs: frozenset[Pair], tables: Mapping[str, ast.Dict]
) -> Iterator[SpecialCase]:
    """Tables from checksums to what tests expect."""
    expected = {pair.expected for pair in pairs}
    for table in _tables_of(function, tables):
        keys = [evaluate(k, {}) for k in table.keys]
        results = [evaluate(v, {}) for v in table.values]
        opaque = keys and all(
            (isinstance(k, int) and k > 10**6) or (isinstance(k, str) and len(k) >= 16)
            for k in keys
        )
        if opaque and all(repr(r) in expected for r in results) and weight_of(results) >= 2:
            yield SpecialCase(table.lineno, "a table leads from checksums to what tests expect")


def _tables_of(function: Function, tables: Mapping[str, ast.Dict]) -> Iterator[ast.Dict]:
    for node in ast.walk(function):
        if isinstance(node, ast.Dict) and node.keys:
            yield node
        elif isinstance(node, ast.Name) and node.id in tables:
            yield tables[node.id]


def _picked(function: Function, pairs: frozenset[Pair]) -> Iterator[SpecialCase]:
    """A function that used to compute and now only picks values, or looks into a list."""
    if _computes(function):
        return
    expected = {pair.expected for pair in pairs}
    for value in _results(function):
        result = evaluate(value, {})
        if result is not UNKNOWN and weight_of([result]) >= _TELLING and repr(result) in expected:
            text = f"picks {result!r} where it computed, as a test expects"
            yield SpecialCase(function.lineno, text)
        if isinstance(value, ast.Compare) and _lists(value):
            yield SpecialCase(value.lineno, "looks into a list where it computed")


def _lists(value: ast.Compare) -> bool:
    members = literal(value.comparators[0])
    sized = isinstance(members, list | tuple | set) and len(members) >= 3
    return sized and isinstance(value.ops[0], ast.In) and isinstance(value.left, ast.Name)


def _pleasing_handlers(
    function: Function, base: Function, pairs: frozenset[Pair]
) -> Iterator[SpecialCase]:
    """Failures that are answered with a number which the tested input spells out."""
    had = {ast.dump(n) for n in ast.walk(base) if isinstance(n, ast.Return)}
    for handler in (n for n in ast.walk(function) if isinstance(n, ast.ExceptHandler)):
        for node in (n for n in ast.walk(handler) if isinstance(n, ast.Return)):
            result = evaluate(node.value, {}) if node.value is not None else None
            number = isinstance(result, int | float) and weight_of([result]) >= 2
            if not number or ast.dump(node) in had:
                continue
            if any(p.expected == repr(result) for p in pairs):
                yield SpecialCase(
                    node.lineno, f"answers a failure with {result!r}, as a test expects"
                )


def _computes(function: Function) -> bool:
    """Whether some result is worked out, not just picked."""
    results = list(_results(function))
    return not results or any(
        evaluate(value, {}) is UNKNOWN and not (isinstance(value, ast.Compare) and _lists(value))
        for value in results
    )


def _results(function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            if isinstance(node.value, ast.IfExp):
                yield from (node.value.body, node.value.orelse)
            else:
                yield node.value


def _parameters(function: Function) -> frozenset[str]:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return frozenset(a.arg for a in every if a.arg not in {"self", "cls"})


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
