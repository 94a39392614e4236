"""Small expressions that can be made of what a function knows, by kind, the likeliest first."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, permutations

from hexci.domain.repair.scope import Scope

_NAMES = 6  # of a kind
_MOST = 120
_SEQUENCES = frozenset({"list", "tuple", "str", "deque"})
_SIZED = _SEQUENCES | {"dict", "set"}
_WHOLE = frozenset({"int"})
NUMERIC_CALLS = ("max", "min", "sum", "len", "abs", "int")

Weighed = tuple[tuple[str, float], ...]


@lru_cache(maxsize=64)
def numbers(scope: Scope) -> Weighed:
    """Numbers: locals and lengths, one beside them, their sums and differences, elements."""
    return _first(_numbers(scope))


@lru_cache(maxsize=64)
def sequences(scope: Scope) -> Weighed:
    """Lists and texts: locals, parts of them, one in front of or behind another."""
    return _first(_sequences(scope))


@lru_cache(maxsize=64)
def comparisons(scope: Scope) -> Weighed:
    """Comparisons of an element with another, or with a number; of a sum with a number."""
    return _first(_comparisons(scope))


def _first(found: Iterator[tuple[str, float]]) -> Weighed:
    best: dict[str, float] = {}
    for text, weight in found:
        best.setdefault(text, weight)
    return tuple(sorted(best.items(), key=lambda item: -item[1])[:_MOST])


def _named(scope: Scope, kinds: frozenset[str]) -> list[str]:
    """Locals that were seen to hold one of `kinds`, those read most first."""
    seen = [n for n in scope.locals if scope.was_seen(n, kinds)]
    return sorted(seen, key=lambda name: -scope.used[name])[:_NAMES]


def _numbers(scope: Scope) -> Iterator[tuple[str, float]]:
    names = _named(scope, _WHOLE)
    sized = _named(scope, _SIZED)
    yield from ((name, 0.5) for name in names)
    yield from ((f"len({name})", 0.45) for name in sized)
    for name in names:
        yield from ((f"{name} {step}", 0.35) for step in ("- 1", "+ 1"))
    yield from ((f"len({name}) - 1", 0.4) for name in sized)
    for one, other in permutations(names[:5], 2):
        yield f"{one} - {other}", 0.2
    for one, other in combinations(names[:5], 2):
        yield f"{one} + {other}", 0.25
        yield f"{one} * {other}", 0.1
    for element in _elements(scope, names):
        yield element, 0.3
    yield from (('float("inf")', 0.2), ('float("-inf")', 0.2), ("-1", 0.3), ("0", 0.3), ("1", 0.3))
    for constant in _constants(scope):
        for name in names[:4]:
            yield f"{constant} - {name}", 0.15
            yield from ((f"{name} {sign} {constant}", 0.1) for sign in ("+", "-", "*", "//", "%"))
    for one, other in permutations(names[:3], 2):
        yield f"{one} - {other} - 1", 0.1
        yield f"{one} - {other} + 1", 0.15


def _constants(scope: Scope) -> list[int]:
    """The function's own numbers from two on."""
    found = (n.value for n in scope.expressions if isinstance(n, ast.Constant))
    return [value for value in found if type(value) is int and value > 1][:3]


def _elements(scope: Scope, numbers_known: list[str]) -> Iterator[str]:
    """Elements of sequences: the ends, at a local, beside it."""
    for sequence in _named(scope, _SEQUENCES)[:4]:
        yield from (f"{sequence}[{place}]" for place in ("-1", "0"))
        for number in numbers_known[:4]:
            yield from (f"{sequence}[{number}{step}]" for step in ("", " - 1", " + 1"))
    yield from _of_tables(scope, numbers_known)
    for mapping in _named(scope, frozenset({"dict", "defaultdict", "Counter"}))[:2]:
        yield from (f"{mapping}[{name}]" for name in scope.locals[:_NAMES] if name != mapping)


def _of_tables(scope: Scope, numbers_known: list[str]) -> Iterator[str]:
    """Entries of what the function reads at two places: `cost[i][j]`, `cost[i][0]`."""
    tables = dict.fromkeys(
        other.value.value.id
        for other in scope.expressions
        if isinstance(other, ast.Subscript)
        and isinstance(other.value, ast.Subscript)
        and isinstance(other.value.value, ast.Name)
    )
    for table in list(tables)[:2]:
        for row in numbers_known[:4]:
            places = (*(name for name in numbers_known[:4] if name != row), "0", "-1")
            yield from (f"{table}[{row}][{place}]" for place in places)


def _sequences(scope: Scope) -> Iterator[tuple[str, float]]:
    names, numbers_known = _named(scope, _SEQUENCES), _named(scope, _WHOLE)
    for name in names:
        yield from ((f"{name}{part}", 0.3) for part in ("", "[1:]", "[:-1]", "[::-1]", "[:]"))
        for number in numbers_known[:4]:
            yield from ((f"{name}[{part}]", 0.2) for part in (f"{number}:", f":{number}"))
            yield from ((f"{name}[{part}]", 0.15) for part in (f"{number} + 1:", f":{number} + 1"))
        yield from (
            (f"{name} + [{other}]", 0.2) for other in scope.locals[:_NAMES] if other != name
        )
        for end in (f"{c} - {number}" for c in _constants(scope) for number in numbers_known[:3]):
            yield from ((f"{name}[{part}]", 0.12) for part in (f":{end}", f"{end}:"))
    for one, other in permutations(names[:4], 2):
        yield f"{one} + {other}", 0.25
    for one, other in permutations(numbers_known[:3], 2):
        yield from ((f"{name}[{one}:{other}]", 0.15) for name in names[:3])


def _comparisons(scope: Scope) -> Iterator[tuple[str, float]]:
    names = _named(scope, _WHOLE)
    elements = list(_elements(scope, names))[:12]
    yield from _beside_each_other(scope, elements)
    numeric = [element for element in elements if not _is_text(scope, element)]
    for element in numeric[:6]:
        others = [name for name in names[:3] if name not in element]
        top = 0.2 if element.endswith("[-1]") else 0.17
        yield from ((f"{element} {op} {o}", top) for o in others for op in ("<", ">", "==", "!="))
        yield from ((f"{element} {op}", top) for op in ("> 0", "< 0", "== 0", "> 1", "!= 0"))
    for one, other in combinations(names[:4], 2):
        thirds = [third for third in names[:4] if third not in (one, other)]
        for third in thirds:
            yield from ((f"{one} + {other} {op} {third}", 0.1) for op in ("==", "<=", ">"))


def _beside_each_other(scope: Scope, elements: list[str]) -> Iterator[tuple[str, float]]:
    for one, other in combinations(elements, 2):
        owner = one.partition("[")[0]
        if owner == other.partition("[")[0]:
            near = 0.2 if one[:-1] in other or other[:-1] in one else 0.15
            ops = ("==", "!=") if _is_text(scope, one) else ("==", "!=", "<", ">")
            yield from ((f"{one} {op} {other}", near) for op in ops)


def _is_text(scope: Scope, element: str) -> bool:
    return scope.was_seen(element.partition("[")[0], {"str"})


def is_like_number(scope: Scope, node: ast.expr) -> bool:
    """Whether an expression seems to be a number, as far as its form and the trace tell."""
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.Name):
        return scope.was_seen(node.id, {"int", "float"})
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub)
    if isinstance(node, ast.BinOp):
        return is_like_number(scope, node.left) or is_like_number(scope, node.right)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in NUMERIC_CALLS
    return isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice)


def is_like_sequence(scope: Scope, node: ast.expr) -> bool:
    """The like for lists and texts."""
    if isinstance(node, ast.Name):
        return scope.was_seen(node.id, _SEQUENCES)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return is_like_sequence(scope, node.left) or is_like_sequence(scope, node.right)
    sliced = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)
    return sliced or isinstance(node, (ast.List, ast.ListComp))
