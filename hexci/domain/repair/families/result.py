"""What a function gives back: `return` for `yield`, a missing return, another value, `await`."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.families.statement import whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, FunctionNode

# what may leave the answer to the other operand
_BINARY = frozenset(
    f"__{side}{name}__"
    for name in ("eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "truediv", "floordiv",
                 "mod", "pow", "and", "or", "xor", "matmul", "lshift", "rshift")
    for side in ("", "r", "i")
)  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """Changes of a function's result."""
    node = site.node
    if isinstance(node, ast.Return):
        yield from _of_return(site, node)
    elif isinstance(node, (ast.Yield, ast.YieldFrom)):
        yield from _of_yield(site, node)
    elif isinstance(node, FunctionNode):
        yield from _missing(site, node)
    elif isinstance(node, ast.Call):
        is_async = isinstance(site.scope.node, ast.AsyncFunctionDef)
        if is_async and not isinstance(site.source.parent(node), ast.Await):
            yield site.put(node, f"await {site.text(node)}", "await", 0.5)


def _of_return(site: Site, node: ast.Return) -> Iterator[Proposal]:
    start, end = site.source.span(node)
    value = site.text(node.value) if node.value else ""
    if value:
        yield Proposal((Edit(start, end, f"yield {value}"),), "return to yield", 0.3)
    for name in site.scope.locals:
        if name != value and name not in ("self", "cls"):
            yield Proposal((Edit(start, end, f"return {name}"),), f"return {name}", 0.35)
    for text in site.scope.returned:
        if text != value:
            yield Proposal((Edit(start, end, f"return {text}"),), "other result", 0.35)
    if "self" in site.scope.parameters and value != "self":
        yield Proposal((Edit(start, end, "return self"),), "return self", 0.2)
    yield from _left_to_the_other(site, node)
    for text in ("None", "True", "False", "[]", "0", "{}", '""', "NotImplemented"):
        if text != value:
            edit = Edit(start, end, f"return {text}")
            yield Proposal((edit,), f"return {text}", 0.15, suspect=True)
    if isinstance(node.value, ast.Name | ast.Call | ast.BinOp | ast.Compare):
        shown = value if not isinstance(node.value, ast.BinOp | ast.Compare) else f"({value})"
        yield Proposal((Edit(start, end, f"return not {shown}"),), "return not", 0.3)


def _left_to_the_other(site: Site, node: ast.Return) -> Iterator[Proposal]:
    if getattr(site.scope.node, "name", "") in _BINARY:
        edit = Edit(*site.source.span(node), "return NotImplemented")
        yield Proposal((edit,), "leave it to the other operand", 0.6)


def _of_yield(site: Site, node: ast.Yield | ast.YieldFrom) -> Iterator[Proposal]:
    start, end = site.source.span(node)
    value = site.text(node.value) if node.value else "None"
    if isinstance(node, ast.Yield):
        yield Proposal((Edit(start, end, f"yield from {value}"),), "yield from", 0.6)
    else:
        yield Proposal((Edit(start, end, f"yield {value}"),), "yield one", 0.5)
    if isinstance(site.source.parent(node), ast.Expr):
        yield Proposal((Edit(start, end, f"return {value}"),), "yield to return", 0.3)


def _missing(site: Site, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Proposal]:
    last = node.body[-1]
    if isinstance(last, (ast.Return, ast.Raise)) or not site.source.starts_line(last):
        return
    indent = site.source.indent(last)
    end = whole_lines(site, last)[1]
    lead = "" if site.source.data[end - 1 : end] in (b"\n", b"\r") else "\n"
    names = [n for n in _locals_of(node) if n != "cls"]
    word = "yield" if _yields(node) else "return"
    for name in names:
        text = f"{lead}{indent}{word} {name}\n"
        yield Proposal((Edit(end, end, text),), f"{word} {name} at the end", 0.6)


def _locals_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    stored = [
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    ]
    return list(dict.fromkeys([*(a.arg for a in node.args.args), *reversed(stored)]))


def _yields(node: ast.AST) -> bool:
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(node))


FAMILY = Family(
    "result",
    (ast.Return, ast.Yield, ast.YieldFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.Call),
    propose,
    ceiling=0.7,
)
