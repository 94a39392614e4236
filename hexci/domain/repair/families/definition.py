"""The signature: a mutable default, another default, a missing self, a decorator."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, FunctionNode, first_statement


def propose(site: Site) -> Iterator[Proposal]:
    """Changes of a function's head; the crash may be in any statement of its body."""
    node = site.node
    assert isinstance(node, FunctionNode)  # noqa: S101
    yield from _mutable_defaults(site, node)
    yield from _decorators(site, node)


def _mutable_defaults(
    site: Site, node: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[Proposal]:
    arguments = [*node.args.posonlyargs, *node.args.args]
    pairs = list(zip(reversed(arguments), reversed(node.args.defaults), strict=False))
    pairs += [(a, d) for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d]
    first = first_statement(node)
    if first is None or not site.source.starts_line(first):
        return
    for argument, default in pairs:
        is_call = isinstance(default, ast.Call) and site.text(default) in (
            "list()",
            "dict()",
            "set()",
        )
        if isinstance(default, (ast.List, ast.Dict, ast.Set)) or is_call:
            at = site.source.starts[first.lineno - 1]
            indent = site.source.indent(first)
            name = argument.arg
            text = f"{indent}if {name} is None:\n{indent}    {name} = {site.text(default)}\n"
            edits = (Edit(*site.source.span(default), "None"), Edit(at, at, text))
            yield Proposal(edits, "fresh default", 1.0)


def _decorators(site: Site, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Proposal]:
    for decorator in node.decorator_list:
        start = site.source.starts[decorator.lineno - 1]
        line_end = site.source.starts[decorator.end_lineno or decorator.lineno]
        yield Proposal((Edit(start, line_end, ""),), "drop the decorator", 0.2, suspect=True)
    names = {site.text(d) for d in node.decorator_list}
    if (
        isinstance(site.source.parent(node), ast.ClassDef)
        and not names
        and site.source.starts_line(node)
    ):
        at = site.source.starts[node.lineno - 1]
        indent = site.source.indent(node)
        for name in ("property", "staticmethod", "classmethod"):
            yield Proposal((Edit(at, at, f"{indent}@{name}\n"),), f"@{name}", 0.25)


FAMILY = Family("definition", (ast.FunctionDef, ast.AsyncFunctionDef), propose)
