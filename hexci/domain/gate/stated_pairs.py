"""What tests state: called with these literals, this literal comes out."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hexci.domain.gate.constants import UNKNOWN, literal

_TRIVIAL = (0, 1, -1, 2, "", None, True, False, (), b"", 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Inputs in the order of the call, and the result; `repr` of each."""

    inputs: tuple[str, ...]
    expected: str

    @property
    def values(self) -> tuple[object, ...]:
        """The inputs as values."""
        return tuple(ast.literal_eval(text) for text in self.inputs)

    def bound(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Mapping[str, object]:
        """The inputs by parameter name; empty when there are too many."""
        arguments = function.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        names = [name for name in names if name not in {"self", "cls"}]
        values = self.values
        return dict(zip(names, values, strict=False)) if len(values) <= len(names) else {}

    def says(self, key: object, value: object) -> bool:
        """Whether a table row (inputs, result) is this pair."""
        inputs = {(repr(key),), tuple(map(repr, key)) if isinstance(key, tuple) else ()}
        return self.expected == repr(value) and self.inputs in inputs


def weight_of(values: Iterable[object]) -> float:
    """How unlikely it is to write these down without having read the test."""
    total = 0.0
    for value in values:
        if any(type(value) is type(t) and value == t for t in _TRIVIAL):
            total += 0.5
        else:
            total += 2.0 if isinstance(value, int) and abs(value) < 13 else 4.0
    return total


def pairs_of(source: bytes) -> frozenset[Pair]:
    """All pairs that a Python test file states, in assertions and parameter tables."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(_pairs(tree))


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
            if given and not any(g is UNKNOWN for g in given):
                yield Pair(tuple(map(repr, given)), repr(value))


def _rows(table: ast.expr) -> Iterator[Pair]:
    for row in getattr(table, "elts", []):
        values = [literal(e) for e in getattr(row, "elts", [])]
        if len(values) >= 2 and not any(v is UNKNOWN for v in values):
            yield Pair(tuple(map(repr, values[:-1])), repr(values[-1]))
            yield Pair(tuple(map(repr, values[1:])), repr(values[0]))
