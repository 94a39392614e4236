"""What was None, empty, missing or unbound where a failing test crashed."""

import ast
import re
import textwrap
from collections.abc import Iterator

from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, FunctionNode, first_statement

_QUOTED = re.compile(r"'([^']+)'")
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)
_BLOCKS = (ast.If, ast.While, ast.For)
_MOST = 5  # things on a line that may be None
_FIRST_VALUES = ("None", "[]", '""', "0", "False")


def propose(site: Site) -> Iterator[Proposal]:
    """Only where a failing test crashed in this very statement."""
    node = site.node
    if isinstance(node, ast.Call):
        yield from _popped(site, node)
        return
    if not isinstance(node, ast.stmt) or block_of(site, node) is None:
        return
    if not site.source.starts_line(node):
        return
    crash = site.crashed_with("TypeError", "AttributeError")
    if crash and "NoneType" in crash.message:
        for text in _maybe_none(site, node):
            yield from _kept_from(site, node, text, f"{text} is not None", f"{text} is None")
    if site.crashed_with("IndexError"):
        for text in _indexed(site, node):
            yield from _kept_from(site, node, text, text, f"not {text}")
    unbound = site.crashed_with("UnboundLocalError")
    if unbound:
        yield from _bound_first(site, unbound.message)


def _popped(site: Site, node: ast.Call) -> Iterator[Proposal]:
    """`d.pop(k, None)` where the key was missing."""
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr != "pop" or len(node.args) != 1:
        return
    if site.crashed_with("KeyError"):
        end = site.source.span(node.args[0])[1]
        yield Proposal((Edit(end, end, ", None"),), "pop if any", 1.0)


def _kept_from(
    site: Site, node: ast.stmt, text: str, there: str, absent: str
) -> Iterator[Proposal]:
    """Ways to keep a statement from something that is not there."""
    indent = site.source.indent(node)
    start, end = whole_lines(site, node)
    if isinstance(node, (ast.If, ast.While)):
        test = node.test
        at, to = site.source.span(test)
        own = site.text(test)
        own = f"({own})" if isinstance(test, (ast.BoolOp, ast.IfExp)) else own
        yield Proposal((Edit(at, to, f"{there} and {own}"),), f"only if {text}", 0.9)
        yield Proposal((Edit(at, to, f"{absent} or {own}"),), f"also without {text}", 0.6)
    if isinstance(node, (*_SIMPLE, ast.For)) and not isinstance(node, ast.Return):
        body = textwrap.indent(site.source.between(start, end), "    ")
        body = body if body.endswith("\n") else f"{body}\n"
        yield Proposal((Edit(start, end, f"{indent}if {there}:\n{body}"),), f"if {text}", 0.8)
    for leave, weight in _ways_out(site):
        guard = f"{indent}if {absent}:\n{indent}    {leave}\n"
        yield Proposal((Edit(start, start, guard),), f"without {text}: {leave}", weight)
    value = getattr(node, "value", None)
    if isinstance(value, ast.expr) and isinstance(node, (ast.Assign, ast.Return)):
        for other in ("None", '""', "[]"):
            new = f"{site.text(value)} if {there} else {other}"
            yield site.put(value, new, f"{other} without {text}", 0.5)


def _ways_out(site: Site) -> Iterator[tuple[str, float]]:
    if site.is_inside(ast.For, ast.While):
        yield "continue", 0.6
    if isinstance(site.scope.node, ast.Module):
        return
    if site.scope.is_generator:
        yield "return", 0.6
        return
    texts = [text for text in site.scope.returned[:4] if "\n" not in text]
    for text in dict.fromkeys((*texts, "None", "[]", '""', "False", "True")):
        yield f"return {text}", 0.6 if text in texts or text == "None" else 0.35


def _maybe_none(site: Site, node: ast.stmt) -> list[str]:
    """Texts of the header of a statement that something is asked of."""
    asked: list[ast.AST] = []
    for each in _header(node):
        if isinstance(each, (ast.Attribute, ast.Subscript)):
            asked.append(each.value)
        elif isinstance(each, ast.Call):
            asked += each.args
        elif isinstance(each, ast.BinOp):
            asked += [each.left, each.right]
        elif isinstance(each, ast.Compare):
            asked += [each.left, *each.comparators]
        elif isinstance(each, ast.For):
            asked.append(each.iter)
    named = [e for e in asked if isinstance(e, (ast.Name, ast.Attribute, ast.Subscript))]
    texts = dict.fromkeys(site.text(e) for e in named)
    return [t for t in texts if t not in ("self", "cls") and "\n" not in t][:_MOST]


def _indexed(site: Site, node: ast.stmt) -> list[str]:
    found = [e.value for e in _header(node) if isinstance(e, ast.Subscript)]
    named = [e for e in found if isinstance(e, (ast.Name, ast.Attribute))]
    return list(dict.fromkeys(site.text(e) for e in named))[:_MOST]


def _header(node: ast.stmt) -> Iterator[ast.AST]:
    """A statement's nodes without those of its block."""
    if not isinstance(node, _BLOCKS):
        if isinstance(node, _SIMPLE):
            yield from ast.walk(node)
        return
    yield node
    yield from ast.walk(node.iter if isinstance(node, ast.For) else node.test)


def _bound_first(site: Site, message: str) -> Iterator[Proposal]:
    function = site.scope.node
    names = [n for n in _QUOTED.findall(message) if n in site.scope.locals]
    if not names or not isinstance(function, FunctionNode):
        return
    first = first_statement(function)
    if first is not None and site.source.starts_line(first):
        at = site.source.starts[first.lineno - 1]
        for value in _FIRST_VALUES:
            text = f"{site.source.indent(first)}{names[0]} = {value}\n"
            yield Proposal((Edit(at, at, text),), f"{names[0]} = {value} at first", 0.7)


FAMILY = Family("absent", (*_SIMPLE, *_BLOCKS, ast.Call), propose, ceiling=1.0)
