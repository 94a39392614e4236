"""Recursion: a missing way to end it, and a value that the function itself should be asked for."""

import ast
from collections.abc import Iterator
from itertools import permutations

from hexci.domain.repair.expressions import NUMERIC_CALLS
from hexci.domain.repair.families.statement import whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Edit, FunctionNode, called_name, first_statement

_CRASHES = (
    "RecursionError", "IndexError", "KeyError", "AttributeError", "TypeError", "ZeroDivisionError",
)  # fmt: skip
_STATEMENTS = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.If, ast.For, ast.While)
_VALUES = (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp)
_ROLES = (ast.Assign, ast.Return, ast.BinOp, ast.Call, ast.AugAssign, ast.YieldFrom, ast.For)
_ENDS = {
    "number": ("0", "1", "-1"), "list": ("[]", "[[]]"), "truth": ("True", "False"),
    "text": ('""',), "": ("None",),
}  # fmt: skip
_SIZED = frozenset({"list", "str", "tuple", "set", "dict", "deque"})
_NAMES = 5  # looked at for the end of a recursion


def propose(site: Site) -> Iterator[Proposal]:
    """Ends before a function's first statement, calls of the function round its values."""
    node, function = site.node, site.scope.node
    if not isinstance(function, FunctionNode):
        return
    if isinstance(node, ast.stmt):
        if node is first_statement(function) and _calls_itself(function):
            yield from _ended(site, node)
    elif isinstance(site.source.parent(node), _ROLES):
        yield from _asked(site, node, function)


def _calls_itself(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (n for n in ast.walk(function) if isinstance(n, ast.Call))
    return any(called_name(call.func) == function.name for call in calls)


def _ended(site: Site, node: ast.stmt) -> Iterator[Proposal]:
    """`if CONDITION: return VALUE` for every likely end of what the parameters count."""
    if not site.source.starts_line(node):
        return
    start = whole_lines(site, node)[0]
    indent = site.source.indent(node)
    crashed = any(crash.kind in _CRASHES for crash in site.crashes)
    share = 1.0 if crashed else 0.5
    for condition, likely in _conditions(site):
        for leave, part in _leaves(site):
            lines = "".join(f"{indent}    {line}\n" for line in leave.split("\n"))
            edit = Edit(start, start, f"{indent}if {condition}:\n{lines}")
            told = f"{leave.partition(chr(10))[0]} if {condition}"
            yield Proposal((edit,), f"end: {told}", share * likely * part)


def _conditions(site: Site) -> Iterator[tuple[str, float]]:
    names = [n for n in site.scope.parameters if n not in ("self", "cls")]
    around = [n for n in site.scope.locals if n not in names and site.scope.types.get(n)]
    numbers = [n for n in names if site.scope.is_number(n)][:_NAMES]
    for one, other in permutations(numbers, 2):
        yield f"{one} > {other}", 1.0
        yield f"{one} >= {other}", 0.8
        yield f"{one} == {other}", 0.8
    for name in numbers:
        yield from (
            (f"{name} {end}", 0.8) for end in ("< 0", "== 0", "<= 0", "<= 1", "== 1", "< 2")
        )
    for name in [n for n in (*names, *around) if site.scope.was_seen(n, _SIZED)][:_NAMES]:
        if name in names:
            yield f"not {name}", 1.0
            yield f"len({name}) <= 1", 0.6
        yield from ((f"{number} == len({name})", 0.9) for number in numbers)
        yield from ((f"{number} >= len({name})", 0.8) for number in numbers)
    for name in names[:_NAMES]:
        if name not in numbers or not site.scope.types.get(name):
            yield f"{name} is None", 0.9
            yield f"not {name}", 0.8


def _leaves(site: Site) -> Iterator[tuple[str, float]]:
    returned = [text for text in site.scope.returned if "\n" not in text]
    names = [n for n in site.scope.parameters if n not in ("self", "cls")][:_NAMES]
    if site.scope.is_generator:
        yield "return", 0.8
        yield from ((f"yield {text}\nreturn", 0.6) for text in ("[]", "()", '""', *names))
        return
    if not returned:
        yield "return", 0.8
        return
    kinds = {_kind(value) for value in _values(site.scope)}
    likely = [text for kind, texts in _ENDS.items() if kind in kinds for text in texts]
    others = [text for texts in _ENDS.values() for text in texts if text not in likely]
    weights = dict.fromkeys(others, 0.25 if any(kinds) else 0.6)
    weights |= dict.fromkeys((*names, *returned[:3]), 0.6)
    weights |= dict.fromkeys(likely, 0.8)
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    yield from ((f"return {text}", weight) for text, weight in ranked)


def _values(scope: Scope) -> Iterator[ast.expr]:
    returns = (node for node in ast.walk(scope.node) if isinstance(node, ast.Return))
    yield from (node.value for node in returns if node.value is not None)


def _kind(node: ast.expr) -> str:
    """What a returned expression seems to be, one of the keys of _ENDS."""
    is_plain = isinstance(node, ast.Constant) and isinstance(node.value, bool)
    if is_plain or isinstance(node, (ast.Compare, ast.BoolOp)):
        return "truth"
    if isinstance(node, (ast.List, ast.ListComp)):
        return "list"
    if isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str):
        return "text"
    if isinstance(node, ast.BinOp):
        sides = {_kind(side) for side in (node.left, node.right)}
        return next((kind for kind in ("list", "text") if kind in sides), "number")
    called = isinstance(node, ast.Call) and getattr(node.func, "id", "") in NUMERIC_CALLS
    is_number = isinstance(node, ast.Constant) and isinstance(node.value, int)
    return "number" if called or is_number else ""


def _asked(
    site: Site, node: ast.AST, function: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[Proposal]:
    """`rest` as `f(rest, size)`, `node.left` as `node.left.f()` or `self.f(node.left)`."""
    own = [n for n in site.scope.parameters if n not in ("self", "cls")]
    parent = site.source.parent(node)
    called = isinstance(parent, ast.Call) and parent.func is node
    signature = function.args
    if called or signature.vararg or signature.kwarg or signature.kwonlyargs:
        return
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    weight = 0.15 if _calls_itself(function) else 0.4
    text = site.text(node)
    if site.scope.is_method:
        if isinstance(node, ast.Attribute):
            yield site.put(node, f"{text}.{function.name}({', '.join(own)})", "asked too", weight)
        name = f"{site.scope.parameters[0]}.{function.name}" if site.scope.parameters else ""
    else:
        name = function.name
    for at, parameter in enumerate(own if name else ()):
        if text != parameter:
            given = ", ".join([*own[:at], text, *own[at + 1 :]])
            yield site.put(node, f"{name}({given})", f"{function.name}() of it", weight)


FAMILY = Family("recursion", (*_STATEMENTS, *_VALUES), propose)
