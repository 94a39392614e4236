"""What a Python expression is, as far as it is written out: literals, joined and concatenated."""

import ast
from collections.abc import Callable

Constant = object
UNKNOWN: Constant = object()


def folded(node: ast.AST) -> Constant:
    """The value of a literal, a concatenation of literals, an f-string or a join; else UNKNOWN."""
    match node:
        case ast.Constant():
            return node.value
        case ast.BinOp(op=ast.Add()):
            left, right = folded(node.left), folded(node.right)
            if isinstance(left, str) and isinstance(right, str):
                return left + right
        case ast.JoinedStr():
            parts = [folded(getattr(v, "value", v)) for v in node.values]
            if all(isinstance(p, str) for p in parts):
                return "".join(str(p) for p in parts)
        case ast.Call(func=ast.Attribute(attr="join", value=glue), args=[ast.List() | ast.Tuple()]):
            return _joined(folded(glue), node.args[0])
        case ast.Subscript(slice=ast.Slice(lower=None, upper=None, step=ast.UnaryOp())):
            text = folded(node.value)
            if isinstance(text, str) and ast.unparse(node.slice) == "::-1":
                return text[::-1]
    return UNKNOWN


def _joined(glue: Constant, parts: ast.expr) -> Constant:
    values = [folded(p) for p in getattr(parts, "elts", [])]
    if isinstance(glue, str) and all(isinstance(v, str) for v in values):
        return glue.join(str(v) for v in values)
    return UNKNOWN


def literal(node: ast.AST | None) -> Constant:
    """The value of an expression that is written out in full (containers too), else UNKNOWN."""
    try:
        return _evaluate(node) if isinstance(node, ast.expr) else UNKNOWN
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return UNKNOWN


_evaluate: Callable[[ast.expr], object] = ast.literal_eval
