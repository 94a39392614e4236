"""What a function keeps and nobody reads: names never read, containers only ever filled."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.source import FunctionNode

_FRESH = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
_BINDING = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_MAKERS = frozenset(["dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict"])
_FILLS = frozenset(
    ["append", "appendleft", "add", "extend", "insert", "update", "setdefault", "clear"]
)  # fmt: skip


def unread(node: ast.AST) -> Iterator[str]:
    """Names of a function that nothing reads: parameters, locals, what is only filled."""
    if isinstance(node, _BINDING):
        yield from _unread_inside(node)
    if not isinstance(node, FunctionNode):
        return
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    shared = {x for n in ast.walk(node) if isinstance(n, (ast.Global, ast.Nonlocal))
              for x in n.names}  # fmt: skip
    read = {n.id for n in names if not isinstance(n.ctx, ast.Store)} | shared
    given = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    filled = _only_filled(node, names) - shared - set(given)
    for name in sorted({n.id for n in names} | set(given)):
        kept = name in read and name not in filled
        if not kept and not name.startswith("_") and name not in ("self", "cls"):
            yield name


def _unread_inside(node: ast.expr) -> Iterator[str]:
    """Names that a comprehension binds for nobody, but for what only counts."""
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    bound = sorted({n.id for n in names if isinstance(n.ctx, ast.Store)})
    yield from (name for name in bound if name not in read and not name.startswith("_"))


def _only_filled(function: ast.AST, names: list[ast.Name]) -> set[str]:
    """Locals that hold containers of the function's own and that it only puts things into."""
    values: dict[str, list[ast.expr]] = {}
    writes: dict[str, int] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    values.setdefault(target.id, []).append(node.value)
        root = _filled(node)
        if root:
            writes[root] = writes.get(root, 0) + 1
    own = {name for name, given in values.items() if all(map(_is_fresh, given))}
    stored = [n.id for n in names if isinstance(n.ctx, ast.Store)]
    loads = [n.id for n in names if not isinstance(n.ctx, ast.Store)]
    return {
        name
        for name in own
        if loads.count(name) == writes.get(name, 0) > 0 and stored.count(name) == len(values[name])
    }


def _filled(node: ast.AST) -> str:
    """The name whose value a statement puts something into, and does nothing else with."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value.func
        return _root(call) if isinstance(call, ast.Attribute) and call.attr in _FILLS else ""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return _root(node)
    return ""


def _root(node: ast.expr) -> str:
    """`a` of `a[x].b` and of `a.setdefault(x, []).append`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, (ast.Subscript, ast.Attribute)):
        return _root(node.value)
    return _root(node.func) if isinstance(node, ast.Call) else ""


def _is_fresh(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.Mult) and _is_fresh(value.left)
    maker = getattr(value.func, "id", "") if isinstance(value, ast.Call) else ""
    return isinstance(value, _FRESH) or maker in _MAKERS
