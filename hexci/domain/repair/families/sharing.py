"""Sharing: one list where each was meant to have its own."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import called_name

_MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


def propose(site: Site) -> Iterator[Proposal]:
    """`[[]] * n`, `dict.fromkeys(keys, [])` and `a = b = []` with a value for each; copied rows."""
    node = site.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for rows, count in ((node.left, node.right), (node.right, node.left)):
            if isinstance(rows, ast.List) and len(rows.elts) == 1 and _is_mutable(rows.elts[0]):
                text = f"[{site.text(rows.elts[0])} for _ in range({site.text(count)})]"
                yield site.put(node, text, "one for each", 1.0)
    elif isinstance(node, ast.Call):
        yield from _of_keys(site, node)
        yield from _deeper(site, node)
    elif isinstance(node, ast.Subscript):
        yield from _deeper(site, node)
    elif isinstance(node, ast.Assign) and len(node.targets) > 1 and _is_mutable(node.value):
        targets = ", ".join(site.text(target) for target in node.targets)
        values = ", ".join([site.text(node.value)] * len(node.targets))
        yield site.put(node, f"{targets} = {values}", "one for each", 1.0)


def _is_mutable(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_mutable(node.left) or _is_mutable(node.right)
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return made or isinstance(node, _MUTABLE)


def _of_keys(site: Site, node: ast.Call) -> Iterator[Proposal]:
    called = isinstance(node.func, ast.Attribute) and node.func.attr == "fromkeys"
    if called and len(node.args) > 1 and _is_mutable(node.args[1]):
        keys, value = (site.text(argument) for argument in node.args[:2])
        yield site.put(node, f"{{key: {value} for key in {keys}}}", "one for each", 1.0)


def _deeper(site: Site, node: ast.Call | ast.Subscript) -> Iterator[Proposal]:
    """`list(rows)`, `rows[:]` and `rows.copy()`, which share each row, as copies of the rows."""
    rows = _copied(node)
    free = [name for name in ("each", "part", "inner") if name not in site.names]
    if free and isinstance(rows, (ast.Name, ast.Attribute)):
        text = f"[list({free[0]}) for {free[0]} in {site.text(rows)}]"
        yield site.put(node, text, "copy each too", 0.4)


def _copied(node: ast.Call | ast.Subscript) -> ast.expr | None:
    if isinstance(node, ast.Subscript):
        part = node.slice
        whole = isinstance(part, ast.Slice) and part.lower is part.upper is part.step is None
        return node.value if whole and isinstance(node.ctx, ast.Load) else None
    if isinstance(node.func, ast.Attribute):
        return node.func.value if node.func.attr == "copy" and not node.args else None
    is_list = called_name(node.func) == "list" and len(node.args) == 1
    return node.args[0] if is_list else None


FAMILY = Family("sharing", (ast.BinOp, ast.Call, ast.Assign, ast.Subscript), propose)
