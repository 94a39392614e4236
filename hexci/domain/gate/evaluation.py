"""Python expressions worked out without running them: literals, arithmetic, a few pure calls."""

import ast
from collections.abc import Mapping

from hexci.domain.gate.constants import UNKNOWN, folded

Values = Mapping[str, object]

# Only numbers this small are raised or shifted, only texts and lists this short are repeated.
_SMALL = 1_000


def evaluate(node: ast.AST | None, values: Values) -> object:
    """What `node` is when its names are `values`; UNKNOWN when that takes more than arithmetic."""
    if isinstance(node, ast.Name):
        return values.get(node.id, UNKNOWN)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return _members(node, values)
    if isinstance(node, ast.Dict):
        return _table(node, values)
    if isinstance(node, ast.BinOp):
        return _operation(node.op, evaluate(node.left, values), evaluate(node.right, values))
    if isinstance(node, ast.UnaryOp):
        value = evaluate(node.operand, values)
        negative = isinstance(node.op, ast.USub) and isinstance(value, int | float)
        return -value if negative and isinstance(value, int | float) else UNKNOWN
    if isinstance(node, ast.Call):
        return _call(node, values)
    return folded(node) if node is not None else None


def _members(node: ast.Tuple | ast.List | ast.Set, values: Values) -> object:
    members = [evaluate(e, values) for e in node.elts]
    if any(m is UNKNOWN for m in members):
        return UNKNOWN
    if isinstance(node, ast.Tuple):
        return tuple(members)
    return members if isinstance(node, ast.List) else _hashed(members)


def _hashed(members: list[object]) -> object:
    try:
        return frozenset(members)
    except TypeError:
        return UNKNOWN


def _table(node: ast.Dict, values: Values) -> object:
    pairs = [
        (evaluate(k, values), evaluate(v, values))
        for k, v in zip(node.keys, node.values, strict=True)
    ]
    if any(k is UNKNOWN or v is UNKNOWN for k, v in pairs):
        return UNKNOWN
    try:
        return dict(pairs)
    except TypeError:
        return UNKNOWN


def _operation(op: ast.operator, left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right if isinstance(op, ast.Add) else UNKNOWN
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return UNKNOWN
    if isinstance(op, ast.Add):
        return left + right
    if isinstance(op, ast.Sub):
        return left - right
    if isinstance(op, ast.Mult):
        return left * right
    return _integer_operation(op, left, right)


def _integer_operation(op: ast.operator, left: float, right: float) -> object:
    if not isinstance(left, int) or not isinstance(right, int):
        return UNKNOWN
    if isinstance(op, ast.BitXor):
        return left ^ right
    small = abs(left) < _SMALL and 0 <= right < 64
    if isinstance(op, ast.Pow) and small:
        return int(left**right)
    if isinstance(op, ast.LShift) and small:
        return left << right
    if isinstance(op, ast.FloorDiv | ast.Mod) and right:
        return left // right if isinstance(op, ast.FloorDiv) else left % right
    return UNKNOWN


def _call(node: ast.Call, values: Values) -> object:
    if isinstance(node.func, ast.Name) and len(node.args) == 1 and not node.keywords:
        value = evaluate(node.args[0], values)
        if value is UNKNOWN:
            return UNKNOWN
        if node.func.id in {"str", "repr"}:
            return str(value) if node.func.id == "str" else repr(value)
        if isinstance(value, list | tuple) and node.func.id in {"list", "tuple"}:
            return list(value) if node.func.id == "list" else tuple(value)
        return UNKNOWN
    if isinstance(node.func, ast.Attribute) and node.func.attr in {"strip", "lower", "upper"}:
        value = evaluate(node.func.value, values)
        if isinstance(value, str) and not node.args:
            return {"strip": value.strip(), "lower": value.lower()}.get(
                node.func.attr, value.upper()
            )
    return folded(node)
