"""What a condition asks of a value: that it is there, that it is not empty, of which type it is."""

import ast
from collections.abc import Iterator
from functools import lru_cache

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Source

_TESTING = (ast.If, ast.While, ast.IfExp, ast.Assert, ast.comprehension, ast.BoolOp)
_ASKED = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)
# types that are taken for each other
_KIN = (
    ("str", "bytes"), ("list", "tuple", "set", "frozenset"), ("int", "float", "bool"),
    ("bytes", "bytearray"), ("dict", "list"),
)  # fmt: skip
_MOST_TYPES = 8


def propose(site: Site) -> Iterator[Proposal]:
    """`x` for `x is not None` and back; other types in `isinstance`."""
    node = site.node
    if isinstance(node, ast.BoolOp):
        yield from _defaulted(site, node)
    elif isinstance(node, ast.Compare):
        yield from _of_compare(site, node)
    elif isinstance(node, ast.UnaryOp):
        if isinstance(node.op, ast.Not) and _may_be_none(site, node.operand):
            text = site.text(node.operand)
            yield site.put(node, f"{text} is None", "not to is None", 0.7)
    elif isinstance(node, ast.Call) and _is_isinstance(node):
        yield from _other_types(site, node)
    if isinstance(node, _ASKED) and _is_asked(site, node) and _may_be_none(site, node):
        yield site.put(node, f"{site.text(node)} is not None", "is not None", 0.4)


def _may_be_none(site: Site, node: ast.expr) -> bool:
    """Whether asking for None is more than a way to say always or never."""
    if isinstance(node, ast.Name):
        seen = site.scope.types.get(node.id)
        return not seen or "NoneType" in seen
    if isinstance(node, ast.Attribute):
        given = _given(site.source).get(node.attr, ())
        return not given or not all(
            isinstance(value, ast.Constant) and value.value is not None for value in given
        )
    return isinstance(node, _ASKED)


@lru_cache(maxsize=24)
def _given(source: Source) -> dict[str, tuple[ast.expr, ...]]:
    """What attributes of any object are given in a file, by name."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(source.tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(node, ast.Assign):
                found.setdefault(target.attr, []).append(node.value)
    return {name: tuple(values) for name, values in found.items()}


def _is_asked(site: Site, node: ast.expr) -> bool:
    """Whether only the truth of an expression counts where it stands."""
    parent = site.source.parent(node)
    if isinstance(parent, ast.BoolOp):
        above = site.source.parent(parent)
        last = parent.values[-1] is node
        return isinstance(above, _TESTING) or not last
    if isinstance(parent, ast.comprehension):
        return node in parent.ifs
    return isinstance(parent, _TESTING) and getattr(parent, "test", None) is node


def _defaulted(site: Site, node: ast.BoolOp) -> Iterator[Proposal]:
    """`a if a is not None else b` for `a or b`."""
    if isinstance(node.op, ast.Or) and len(node.values) == 2:
        first, second = (site.text(value) for value in node.values)
        if _may_be_none(site, node.values[0]) and "\n" not in first + second:
            new = f"{first} if {first} is not None else {second}"
            yield site.put(node, new, "default for None only", 0.6)


def _of_compare(site: Site, node: ast.Compare) -> Iterator[Proposal]:
    if len(node.ops) != 1:
        return
    left, right = node.left, node.comparators[0]
    if isinstance(right, ast.Constant) and right.value is None:
        text = site.text(left)
        if isinstance(node.ops[0], (ast.IsNot, ast.NotEq)):
            yield site.put(node, text, "is not None to truth", 0.5)
        elif isinstance(node.ops[0], (ast.Is, ast.Eq)):
            yield site.put(node, f"not {text}", "is None to not", 0.5)
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "type":
        asked = ", ".join([*(site.text(a) for a in left.args), site.text(right)])
        positive = isinstance(node.ops[0], (ast.Is, ast.Eq, ast.In))
        text = f"isinstance({asked})" if positive else f"not isinstance({asked})"
        yield site.put(node, text, "isinstance", 0.8)


def _is_isinstance(node: ast.Call) -> bool:
    named = isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass")
    return named and len(node.args) == 2


def _other_types(site: Site, node: ast.Call) -> Iterator[Proposal]:
    asked = node.args[1]
    old = [site.text(e) for e in (asked.elts if isinstance(asked, ast.Tuple) else [asked])]
    kin = [name for group in _KIN if set(old) & set(group) for name in group]
    others = [name for name in (*kin, *_types_of(site.scope)) if name not in old]
    for name in list(dict.fromkeys(others))[:_MOST_TYPES]:
        weight = 0.7 if name in kin else 0.4
        yield site.put(asked, f"({', '.join([*old, name])})", f"or {name}", weight)
        if len(old) == 1:
            yield site.put(asked, name, f"{old[0]} to {name}", weight * 0.6)
    if len(old) > 1:
        for name in old:
            rest = [other for other in old if other != name]
            text = rest[0] if len(rest) == 1 else f"({', '.join(rest)})"
            yield site.put(asked, text, f"not {name}", 0.4)


@lru_cache(maxsize=64)
def _types_of(scope: Scope) -> tuple[str, ...]:
    """Types that the file asks for elsewhere."""
    found: dict[str, None] = {}
    for call in scope.calls.get("isinstance", ()):
        if len(call.args) == 2:
            asked = call.args[1]
            for each in asked.elts if isinstance(asked, ast.Tuple) else [asked]:
                found.setdefault(scope.source.text(each))
    return tuple(found)


FAMILY = Family("truth", (*_ASKED, ast.BoolOp, ast.Compare, ast.UnaryOp), propose, ceiling=0.8)
