"""A missing effect: a sum carried on, a value set back, something put in or taken out, a yield."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Edit

_KINDS = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.If, ast.For, ast.While,
    ast.With, ast.Try, ast.Raise, ast.Delete, ast.Continue, ast.Break,
)  # fmt: skip
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_FRESH = {
    "int": ("0", "1"), "float": ("0",), "str": ('""',), "list": ("[]",), "dict": ("{}",),
    "set": ("set()",), "NoneType": ("None",), "bool": ("True", "False"),
}  # fmt: skip
_BARE = {
    "list": ("pop()", "pop(0)", "sort()", "reverse()", "clear()"),
    "deque": ("popleft()", "pop()"),
    "set": ("clear()",),
    "dict": ("clear()",),
}
_WITH_NAME = {
    "list": ("extend", "remove"),
    "deque": ("appendleft", "extend"),
    "set": ("discard", "remove", "update"),
    "dict": ("pop", "update"),
}
_INVERSE = {
    "append": ("append", "remove"), "add": ("add", "discard"), "pop": ("remove", "append"),
    "remove": ("append", "remove"), "discard": ("add", "discard"),
}  # fmt: skip
_STEP = re.compile(r"(?<= )[-+]=")
_MOST = 400  # effects tried at one place
_NAMES = 8  # looked at where pairs are made
_TOLD = 4  # literals of the function that may be kept in a container
_LINES = 14  # of the function's own statements that are told with another name


def propose(site: Site) -> Iterator[Proposal]:
    """One statement more before this one, or at the end of its block."""
    node = site.node
    assert isinstance(node, ast.stmt)  # noqa: S101
    block = block_of(site, node)
    if block is None or not site.source.starts_line(node) or _is_text(node):
        return
    indent = site.source.indent(node)
    start, end = whole_lines(site, node)
    is_last = block[-1] is node and not isinstance(node, _LEAVES)
    lead = "" if site.source.data[end - 1 : end] in (b"\n", b"\r") else "\n"
    for text, weight in _effects(site.scope):
        line = f"{indent}{text}\n"
        yield Proposal((Edit(start, start, line),), f"before: {text}", weight)
        if is_last:
            yield Proposal((Edit(end, end, lead + line),), f"at the end: {text}", weight)


@lru_cache(maxsize=64)
def _effects(scope: Scope) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for text, weight in _all_effects(scope):
        found.setdefault(text, weight)
    return tuple(sorted(found.items(), key=lambda item: -item[1])[:_MOST])


def _all_effects(scope: Scope) -> Iterator[tuple[str, float]]:
    names = [n for n in scope.locals if n not in ("self", "cls")]
    yield from _undone(scope)
    yield from _turned(scope, names)
    yield from _mirrored(scope)
    yield from _sums(scope, names)
    yield from _steps(scope)
    yield from _set_back(scope, names)
    yield from _moved(scope, names)
    yield from _given(scope, names)
    yield from _renamed(scope)


def _undone(scope: Scope) -> Iterator[tuple[str, float]]:
    """What takes back an own statement: after a recursion, the next try must not see it."""
    for node in ast.walk(scope.node):
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            text = scope.source.text(target)
            yield from ((f"{text} = {value}", 0.25) for value in ("0", "False", "None", "1"))
            yield f"del {text}", 0.3
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Add, ast.Sub)):
            sign = "-" if isinstance(node.op, ast.Add) else "+"
            left, right = scope.source.text(node.target), scope.source.text(node.value)
            yield f"{left} {sign}= {right}", 0.25
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = scope.source.text(node.func.value)
            if node.func.attr == "append":
                yield f"{owner}.pop()", 0.3
            elif node.func.attr == "add" and len(node.args) == 1:
                yield f"{owner}.discard({scope.source.text(node.args[0])})", 0.3


def _turned(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    """A flag or a sign that changes by turns."""
    for name in names:
        kinds = scope.types.get(name, frozenset())
        if "bool" in kinds:
            yield f"{name} = not {name}", 0.3
        elif "int" in kinds and _is_sign(scope, name):
            yield f"{name} = -{name}", 0.25


def _is_sign(scope: Scope, name: str) -> bool:
    values = [
        scope.source.text(node.value)
        for node in ast.walk(scope.node)
        if isinstance(node, ast.Assign) and any(scope.source.text(t) == name for t in node.targets)
    ]
    return bool(values) and set(values) <= {"1", "-1"}


def _mirrored(scope: Scope) -> Iterator[tuple[str, float]]:
    """`near[b].append(a)` beside `near[a].append(b)`: what holds one way holds the other."""
    for text, read, function in scope.simple_statements:
        pair = sorted(name for name in read if name in scope.locals)
        if function is not scope.node or "[" not in text:
            continue
        for one, other in combinations(pair, 2):
            parts = re.split(rf"\b({one}|{other})\b", text)
            turned = {one: other, other: one}
            yield "".join(turned.get(part, part) for part in parts), 0.25


def _sums(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    numbers = [n for n in names if scope.types.get(n) and scope.is_number(n)][:_NAMES]
    for one in numbers:
        for other in numbers:
            if one != other:
                yield f"{one} += {other}", 0.25
                yield f"{one} -= {other}", 0.2
                yield f"{one} = max({one}, {other})", 0.15
                yield f"{one} = min({one}, {other})", 0.15
                yield f"{one} *= {other}", 0.1
        yield from ((f"{one} {step}", 0.12) for step in ("//= 2", "*= 2", ">>= 1", "//= 10"))


def _steps(scope: Scope) -> Iterator[tuple[str, float]]:
    """`node = node.next` for every attribute that is read of a local."""
    for other in scope.expressions:
        if isinstance(other, ast.Attribute) and isinstance(other.value, ast.Name):
            name = other.value.id
            parent = scope.source.parent(other)
            called = isinstance(parent, ast.Call) and parent.func is other
            if name in scope.locals and name not in ("self", "cls") and not called:
                yield f"{name} = {scope.source.text(other)}", 0.3


def _set_back(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    for name in names:
        for kind in sorted(scope.types.get(name, ())):
            yield from ((f"{name} = {value}", 0.22) for value in _FRESH.get(kind, ()))


def _moved(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    """What goes into a container, and out of it."""
    told = list(dict.fromkeys(
        scope.source.text(other)
        for other in scope.expressions
        if isinstance(other, ast.Constant) and other.value not in (None, "", 0)
    ))  # fmt: skip
    for container in names:
        kinds = scope.types.get(container, frozenset())
        for kind in sorted(kinds):
            yield from ((f"{container}.{call}", 0.2) for call in _BARE.get(kind, ()))
            for method in _WITH_NAME.get(kind, ()):
                others = (n for n in names[:_NAMES] if n != container)
                yield from ((f"{container}.{method}({other})", 0.15) for other in others)
        if kinds & {"dict", "list"}:
            for key in names[:_NAMES]:
                for value in (*names[:_NAMES], *told[:_TOLD]):
                    if container not in (key, value):
                        yield f"{container}[{key}] = {value}", 0.12
    yield from _cut_off(scope)
    for owner, method in _used_methods(scope):
        yield from ((f"{owner}.{method}({name})", 0.2) for name in names[:_NAMES])
        yield from ((f"{owner}.{call}", 0.15) for call in ("clear()", "pop()"))


def _cut_off(scope: Scope) -> Iterator[tuple[str, float]]:
    """What stands behind a place goes: of the function's lists, or of those the object fills."""
    lists = [n for n in scope.locals if scope.was_seen(n, {"list"})]
    lists += [text for text, method in _used_methods(scope) if method == "append"]
    places = [n for n in scope.locals if scope.was_seen(n, {"int"})]
    places += [f"self.{name}" for name in scope.attributes.get("self", {})]
    for text in dict.fromkeys(lists):
        for place in [p for p in places[:_NAMES] if p != text]:
            yield from ((f"del {text}[{start}:]", 0.15) for start in (place, f"{place} + 1"))


def _used_methods(scope: Scope) -> Iterator[tuple[str, str]]:
    """Containers that hang on something else, with how they are filled in this file.

    A container of a table that is asked at a name may be another of its containers.
    """
    keys = [n for n in scope.locals if n not in ("self", "cls")][:_NAMES]
    for method, calls in scope.calls.items():
        for call in calls if method in _INVERSE else ():
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if isinstance(owner, ast.Subscript) and isinstance(owner.slice, ast.Name):
                table = scope.source.text(owner.value)
                for key in (k for k in keys if k != table):
                    yield from ((f"{table}[{key}]", other) for other in _INVERSE[method])
    for method in ("append", "add", "appendleft", "remove", "discard", "update"):
        for call in scope.calls.get(method, ()):
            function = call.func
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Attribute):
                yield scope.source.text(function.value), method


def _given(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    if isinstance(scope.node, ast.Module):
        return
    if scope.is_generator:
        yield from ((f"yield {name}", 0.25) for name in names)
        yield from ((f"yield {text}", 0.2) for text in ("[]", "()", '""', "{}", "0", "None"))
        yield "return", 0.2
        return
    yield from ((f"return {text}", 0.18) for text in scope.returned if "\n" not in text)
    yield from ((f"return {name}", 0.15) for name in names[:_NAMES])


def _renamed(scope: Scope) -> Iterator[tuple[str, float]]:
    """The function's own statements with one name exchanged for another of its kind."""
    own = [(t, read) for t, read, function in scope.simple_statements if function is scope.node]
    for text, read in own[:_LINES]:
        for old in sorted(read & {*scope.locals}):
            kinds = scope.types.get(old, frozenset())
            for new in scope.locals:
                if new != old and kinds & scope.types.get(new, frozenset()):
                    renamed = re.sub(rf"\b{old}\b", new, text)
                    yield renamed, 0.12
                    if found := _STEP.search(renamed):
                        back = "-=" if found[0] == "+=" else "+="
                        yield renamed.replace(found[0], back, 1), 0.12


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


FAMILY = Family("effect", _KINDS, propose, ceiling=0.3)
