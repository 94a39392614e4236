"""Assignments and effects: another target, `+=` for `=`, a call's value kept, one put in."""

import ast
from collections.abc import Iterator
from functools import lru_cache

from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Edit

_STEPS = ("+= 1", "-= 1")
_USUAL = ("+=", "-=", "|=", "*=")
_SIGNS = {ast.FloorDiv: "//", ast.BitAnd: "&", ast.BitXor: "^"}
_NEAREST = 8  # names that are given each other's values
_ADDERS = {"list": "append", "set": "add", "deque": "append", "Counter": "update"}

_MAPPINGS = {"dict", "defaultdict", "Counter", "OrderedDict"}


def propose(site: Site) -> Iterator[Proposal]:
    """Changes of one statement's effect, and small effects before or after it."""
    node = site.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        yield from _of_assignment(site, node)
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield from _other_name(site, target, "assign", 0.4)
    elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
        yield from _of_targets(site, node.target)
    elif isinstance(node, ast.AugAssign):
        yield from _plain(site, node)
    elif isinstance(node, ast.Expr):
        yield from _of_expression(site, node)
    if isinstance(node, ast.stmt) and block_of(site, node) and site.source.starts_line(node):
        yield from _inserted(site, node)


def _of_assignment(site: Site, node: ast.Assign) -> Iterator[Proposal]:
    target, value = node.targets[0], node.value
    yield from _exchanged(site, node)
    between = (site.source.span(target)[1], site.source.span(value)[0])
    if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
        own = _operators(site.scope)
        for operator in ("+=", "-=", "|=", "*=", "//=", "&=", "^="):
            known = operator in _USUAL or operator[:-1] in own
            weight = 0.4 if known else 0.2
            yield Proposal((Edit(*between, f" {operator} "),), f"= to {operator}", weight)
    if isinstance(target, ast.Name):
        yield from _other_name(site, target, "assign", 0.5)
        if site.scope.was_seen(target.id, {"list"}):
            text = f"{target.id}.append({site.text(value)})"
            yield Proposal((Edit(*site.source.span(node), text),), "append instead", 0.3)
    elif isinstance(target, (ast.Tuple, ast.List)):
        yield from _of_targets(site, target)
    elif isinstance(target, ast.Subscript):
        yield from _of_place(site, target)


@lru_cache(maxsize=64)
def _operators(scope: Scope) -> frozenset[str]:
    """The operators of numbers and sets that the function uses."""
    used = {type(getattr(node, "op", None)) for node in ast.walk(scope.node)}
    return frozenset(sign for kind, sign in _SIGNS.items() if kind in used)


def _of_place(site: Site, target: ast.Subscript) -> Iterator[Proposal]:
    yield from _gathered(site, target)
    yield from _of_own_table(site, target)
    shorter = site.source.replace(target, site.text(target.value))
    yield Proposal((shorter,), "assign the whole", 0.2)
    if isinstance(target.slice, ast.Name):
        for name in site.scope.locals:
            if name != target.slice.id:
                yield Proposal((site.source.replace(target.slice, name),), "other key", 0.4)


def _of_own_table(site: Site, target: ast.Subscript) -> Iterator[Proposal]:
    """`hop[i][j] = k` as what stands in the same table at `k`: in its row, or in another row."""
    node = site.node
    assert isinstance(node, ast.Assign)  # noqa: S101
    if not isinstance(node.value, ast.Name):
        return
    owner, name = site.text(target.value), node.value.id
    yield site.put(node.value, f"{owner}[{name}]", f"[{name}] of it", 0.4)
    if isinstance(target.value, ast.Subscript):
        table, key = site.text(target.value.value), site.text(target.slice)
        yield site.put(node.value, f"{table}[{name}][{key}]", f"[{name}][{key}] of it", 0.4)


def _gathered(site: Site, target: ast.Subscript) -> Iterator[Proposal]:
    """`d[k] = v` as what adds to what is there, where there may be nothing yet."""
    node, owner = site.node, site.text(target.value)
    assert isinstance(node, ast.Assign)  # noqa: S101
    known = site.scope.types.get(owner)
    if known is not None and not known & _MAPPINGS:
        return
    key, value = site.text(target.slice), site.text(node.value)
    if isinstance(node.value, ast.List) and len(node.value.elts) == 1:
        text = f"{owner}.setdefault({key}, []).append({site.text(node.value.elts[0])})"
        yield Proposal((Edit(*site.source.span(node), text),), "gather", 0.6)
    else:
        text = f"{owner}[{key}] = {owner}.get({key}, 0) + {value}"
        yield Proposal((Edit(*site.source.span(node), text),), "count", 0.3)


def _exchanged(site: Site, node: ast.Assign) -> Iterator[Proposal]:
    """`a = b` and then `b = a`, which loses one of them, as a swap."""
    block = block_of(site, node)
    at = block.index(node) if block else -1
    after = block[at + 1] if block and at + 1 < len(block) else None
    if not isinstance(after, ast.Assign) or len(after.targets) != 1:
        return
    one, other = node.targets[0], node.value
    texts = [site.text(n) for n in (one, other, after.targets[0], after.value)]
    if texts[:2] == [texts[3], texts[2]]:
        span = (site.source.span(node)[0], site.source.span(after)[1])
        text = f"{texts[0]}, {texts[1]} = {texts[1]}, {texts[0]}"
        yield Proposal((Edit(*span, text),), "swap both", 0.7)


def _plain(site: Site, node: ast.AugAssign) -> Iterator[Proposal]:
    start, end = site.source.span(node.target)[1], site.source.span(node.value)[0]
    yield Proposal((Edit(start, end, " = "),), "augmented to plain", 0.4)
    target, value = site.text(node.target), site.text(node.value)
    if isinstance(node.op, ast.Add):
        for least in (value, "0"):
            text = f"{target} = max({least}, {target} + {value})"
            yield Proposal((Edit(*site.source.span(node), text),), f"at least {least}", 0.15)
    for function in ("max", "min"):
        text = f"{target} = {function}({target}, {value})"
        yield Proposal((Edit(*site.source.span(node), text),), f"{function} of both", 0.2)
    if isinstance(node.target, ast.Name):
        yield from _other_name(site, node.target, "add to", 0.5)


def _of_targets(site: Site, target: ast.Tuple | ast.List) -> Iterator[Proposal]:
    for element in target.elts:
        if isinstance(element, ast.Name):
            yield from _other_name(site, element, "unpack to", 0.3)


def _other_name(site: Site, target: ast.Name, word: str, most: float) -> Iterator[Proposal]:
    """Another local in a target's place, or first of all a name that has none."""
    for name in site.scope.unbound:
        yield Proposal((site.source.replace(target, name),), f"{word} {name}", 0.7)
    for name in site.scope.locals:
        if name != target.id:
            weight = most * site.scope.likeness(target.id, name)
            yield Proposal((site.source.replace(target, name),), f"{word} {name}", weight)


def _of_expression(site: Site, node: ast.Expr) -> Iterator[Proposal]:
    value = node.value
    if not isinstance(value, (ast.Call, ast.Await)):
        return
    start = site.source.span(node)[0]
    yield Proposal((Edit(start, start, "return "),), "return the value", 0.7)
    if site.scope.is_generator:
        yield Proposal((Edit(start, start, "yield from "),), "yield from the call", 0.7)
    if isinstance(value, ast.Call):
        call = value.func
        if isinstance(call, ast.Attribute):
            owner = site.text(call.value)
            yield Proposal((Edit(start, start, f"{owner} = "),), "keep the value", 0.6)
        for argument in value.args:
            if isinstance(argument, (ast.Attribute, ast.Subscript)):
                kept = f"{site.text(argument)} = "
                yield Proposal((Edit(start, start, kept),), "keep where it was", 0.4)
        for name in site.scope.locals[:8]:
            yield Proposal((Edit(start, start, f"{name} = "),), f"keep as {name}", 0.25)


def _inserted(site: Site, node: ast.stmt) -> Iterator[Proposal]:
    indent = site.source.indent(node)
    start, end = whole_lines(site, node)
    at_end = isinstance(node, (ast.Return, ast.Raise, ast.Continue, ast.Break))
    for text, weight in _effects(site):
        line = f"{indent}{text}\n"
        yield Proposal((Edit(start, start, line),), f"before: {text}", weight)
        if not at_end:
            lead = "" if site.source.data[end - 1 : end] in (b"\n", b"\r") else "\n"
            yield Proposal((Edit(end, end, lead + line),), f"after: {text}", weight)


def _effects(site: Site) -> Iterator[tuple[str, float]]:
    names = [n for n in site.scope.locals if n not in ("self", "cls")]
    typed = site.scope.types
    for name in names:
        if site.scope.is_number(name) and (typed.get(name) or not typed):
            yield from ((f"{name} {step}", 0.35) for step in _STEPS)
    for container in names:
        for kind, method in _ADDERS.items():
            if kind in typed.get(container, frozenset()):
                yield from (
                    (f"{container}.{method}({name})", 0.3) for name in names if name != container
                )
    here = {n.id for n in ast.walk(site.node) if isinstance(n, ast.Name)}
    near = sorted(names, key=lambda name: name not in here)[:_NEAREST]
    for one in near:
        for other in near:
            same = typed.get(one, frozenset()) & typed.get(other, frozenset())
            if one != other and (same or not typed):
                yield f"{one} = {other}", 0.25
    if site.is_inside(ast.For, ast.While):
        yield "break", 0.2
        yield "continue", 0.15


FAMILY = Family(
    "assign",
    (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.If, ast.For, ast.While, ast.AnnAssign),
    propose,
    ceiling=0.7,
)
