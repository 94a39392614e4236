"""What no author means: code that does nothing, compares a thing with itself, is never reached.

Such findings in the original are nobody's business here. A patch that adds one is passed over
where another patch does not; one that takes one away is what somebody forgot.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from hexci.domain.repair.heaped import taken_apart
from hexci.domain.repair.unread import unread

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_SAME = {ast.Sub, ast.FloorDiv, ast.Div, ast.Mod, ast.BitXor, ast.BitAnd, ast.BitOr}
_PLAIN = (ast.Name, ast.Attribute, ast.Subscript, ast.Compare, ast.BinOp, ast.UnaryOp, ast.BoolOp)
_IDLE: dict[type[ast.operator], tuple[int, ...]] = {
    ast.Add: (0,), ast.Sub: (0,), ast.BitOr: (0,), ast.Mult: (1,),
    ast.FloorDiv: (1,), ast.Div: (1,), ast.Pow: (1,),
}  # fmt: skip
_OF_BITS = "bits of a number: "
_INSIDE = "a comprehension"
_IDLE_SUM = "changes nothing: "
_EMPTY = ("''", "b''", "[]", "()", "{}", "set()")
_BITS = (ast.BitAnd, ast.BitOr, ast.BitXor)
_OF_NUMBERS = (ast.BitXor, ast.LShift, ast.RShift)  # seldom of sets
_IN_ORDER = ("list", "tuple", "enumerate", "iter", "join", "reversed")  # what keeps an order
_NO_ORDER = ("set", "frozenset")
_NAMING = ("id", "attr", "name")


@lru_cache(maxsize=8)  # the file before is asked for with each of its patches
def nonsense(text: bytes) -> Counter[str]:
    """Findings of a file by rule and place in words; none for what is no Python."""
    return Counter(finding for node in ast.walk(_parsed(text)) for finding in _of(node))


def _parsed(text: bytes) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def added_nonsense(before: bytes, after: bytes) -> tuple[str, ...]:
    """The findings that a change brings, sorted.

    Bits of numbers are a finding only in a file that looked at none before; what changes nothing,
    in one that had less of it: `x // 1` cuts off what is behind the point where there is any.
    """
    known, found = nonsense(before), nonsense(after)
    usual = [_OF_BITS] if _looks_at_bits(before) else []
    usual += [_IDLE_SUM] if _count(found, _IDLE_SUM) <= _count(known, _IDLE_SUM) else []
    return tuple(sorted(e for e in (found - known).elements() if not e.startswith(tuple(usual))))


def _count(findings: Counter[str], kind: str) -> int:
    return sum(number for told, number in findings.items() if told.startswith(kind))


def _of(node: ast.AST) -> Iterator[str]:
    unordered = _without_order(node)
    if unordered is not None:
        yield f"in any order: {_text(unordered)}"
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and _is_of_bits(node):
        yield f"{_OF_BITS}{_text(node)}"
    if isinstance(node, ast.expr):
        yield from _of_expression(node)
    elif isinstance(node, (ast.If, ast.While)):
        yield from _of_branch(node)
    elif isinstance(node, ast.stmt) and _is_idle(node):
        yield f"no effect: {_text(node)}"
    elif isinstance(node, ast.Assign) and _is_other_key(node):
        yield f"read and kept under two keys: {_text(node)}"
    yield from (f"never read: {name} in {_name(node) or _INSIDE}" for name in unread(node))
    if isinstance(node, ast.Module):
        yield from (f"a heap taken as a list: {_text(call)}" for call in taken_apart(node))
    for part in ("body", "orelse", "finalbody"):
        block = getattr(node, part, None)
        if isinstance(block, list):
            yield from _of_block(block)


def _of_expression(node: ast.expr) -> Iterator[str]:
    if _repeats(node):
        yield f"twice the same: {_text(node)}"
    elif isinstance(node, ast.BinOp) and _is_idle_sum(node):
        yield f"{_IDLE_SUM}{_text(node)}"
    elif isinstance(node, ast.Compare) and _is_part_for_whole(node):
        yield f"a part against one of its elements: {_text(node)}"
    elif isinstance(node, ast.Compare) and _asks_a_text(node):
        yield f"looked for in how it is shown: {_text(node)}"
    elif isinstance(node, ast.UnaryOp) and _text(node) == "-0":
        yield "the same without its sign: -0"


def _repeats(node: ast.expr) -> bool:
    """Whether an operation has the same operand twice where that decides the result."""
    if isinstance(node, ast.Compare):
        return _alike(node.left, node.comparators[0])
    if isinstance(node, ast.BinOp):
        return type(node.op) in _SAME and _alike(node.left, node.right)
    if isinstance(node, ast.IfExp):
        return _alike(node.body, node.orelse)
    if isinstance(node, ast.BoolOp):
        return _has_twins(node.values)
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in ("max", "min") and _has_twins(node.args)
    return False


def _of_branch(node: ast.If | ast.While) -> Iterator[str]:
    if isinstance(node.test, ast.Constant) and not (
        isinstance(node, ast.While) and node.test.value
    ):
        yield f"decided beforehand: {_text(node.test)}"
    if all(isinstance(each, ast.Pass) for each in node.body):
        yield f"nothing done: {_text(node.test)}"
    if isinstance(node, ast.If) and node.orelse and _block(node.body) == _block(node.orelse):
        yield f"both the same: {_text(node.test)}"


def _is_idle_sum(node: ast.BinOp) -> bool:
    """Whether a number is calculated with so that it stays the same, as in `x - 0`."""
    value = node.right.value if isinstance(node.right, ast.Constant) else None
    return type(value) is int and value in _IDLE.get(type(node.op), ())


def _is_part_for_whole(node: ast.Compare) -> bool:
    """Whether a slice is compared with an element of the same sequence."""
    sides = [s for s in (node.left, node.comparators[0]) if isinstance(s, ast.Subscript)]
    if len(sides) != 2 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
        return False
    parts = [isinstance(side.slice, ast.Slice) for side in sides]
    return parts[0] != parts[1] and _alike(sides[0].value, sides[1].value)


def _asks_a_text(node: ast.Compare) -> bool:
    """Whether something is looked for in `str(x)`."""
    return isinstance(node.ops[0], (ast.In, ast.NotIn)) and any(
        isinstance(side, ast.Call) and _name(side.func) in ("str", "repr") and len(side.args) == 1
        for side in node.comparators
    )


def _is_other_key(node: ast.Assign) -> bool:
    """Whether what `d.get(x, ...)` gave is kept as `d[f(x)]`."""
    target = node.targets[0]
    if not isinstance(target, ast.Subscript) or not isinstance(target.slice, ast.Call):
        return False
    inner = {_text(n) for n in ast.walk(target.slice) if isinstance(n, ast.expr)}
    inner.discard(_text(target.slice))
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "get"
        and _text(call.func.value) == _text(target.value)
        and bool(call.args)
        and _text(call.args[0]) in inner
        for call in ast.walk(node.value)
    )


def _is_idle(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, _PLAIN)
    if isinstance(node, ast.Assign):
        return _alike(node.targets[0], node.value)
    if not isinstance(node, ast.AugAssign):
        return False
    if isinstance(node.op, ast.Add) and _text(node.value) in _EMPTY:
        return True
    if isinstance(node.value, ast.Constant):
        value = node.value.value
        return isinstance(value, int) and value in _IDLE.get(type(node.op), ())
    return False


def _without_order(node: ast.AST) -> ast.expr | None:
    """A set that is gone through where what comes of it has an order."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return node.iter if _is_set(node.iter) else None
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return next((g.iter for g in node.generators if _is_set(g.iter)), None)
    if isinstance(node, ast.Call) and node.args and _name(node.func) in _IN_ORDER:
        return node.args[0] if _is_set(node.args[0]) else None
    return None


def _is_set(node: ast.expr) -> bool:
    called = isinstance(node, ast.Call) and _name(node.func) in _NO_ORDER
    return called or isinstance(node, (ast.Set, ast.SetComp))


def _name(function: ast.AST) -> str:
    """`f` of `f` and of `a.f`; a function's own."""
    return next((str(getattr(function, key)) for key in _NAMING if hasattr(function, key)), "")


@lru_cache(maxsize=8)
def _looks_at_bits(text: bytes) -> bool:
    """Whether a file shifts or masks numbers; `&` and `|` of two names may be of sets."""
    return any(
        isinstance(node, (ast.BinOp, ast.AugAssign))
        and (isinstance(node.op, _OF_NUMBERS) or _is_of_bits(node))
        for node in ast.walk(_parsed(text))
    )


def _is_of_bits(node: ast.BinOp | ast.AugAssign) -> bool:
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    return isinstance(node.op, _BITS) and any(
        isinstance(side, ast.Constant) and type(side.value) is int for side in sides
    )


def _of_block(block: list[ast.stmt]) -> Iterator[str]:
    for one, other in pairwise(block):
        if isinstance(one, _LEAVES):
            yield f"never reached: {_text(other)}"
        if isinstance(one, (ast.Assign, ast.Expr)) and _text(one) == _text(other):
            yield f"done twice: {_text(one)}"


def _alike(one: ast.AST, other: ast.AST) -> bool:
    return _text(one) == _text(other) and not any(
        isinstance(n, (ast.Call, ast.Await)) for n in ast.walk(one)
    )


def _has_twins(nodes: list[ast.expr]) -> bool:
    return any(_alike(one, other) for one, other in combinations(nodes, 2))


def _block(body: list[ast.stmt]) -> str:
    return "\n".join(map(_text, body))


def _text(node: ast.AST) -> str:
    return ast.unparse(node)
