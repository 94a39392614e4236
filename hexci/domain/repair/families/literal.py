"""Literals of containers: one element more or fewer, one where there was none."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_USUAL = ("0", "1", '""', "None", "True", "False", "-1")
_NAMES = 8
_LARGE = 8  # elements from which on the literal is a table


def propose(site: Site) -> Iterator[Proposal]:
    """Another number of elements in a list, tuple, set or mapping that is written out."""
    node = site.node
    if isinstance(node, ast.Dict):
        yield from _of_mapping(site, node)
    elif isinstance(node, (ast.List, ast.Set, ast.Tuple)):
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return
        yield from _dropped(site, node)
        yield from _added(site, node)
    elif isinstance(node, ast.Call):
        yield from _of_call(site, node)
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield from _extended(site, node.iter)


def _of_mapping(site: Site, node: ast.Dict) -> Iterator[Proposal]:
    if node.keys:
        return
    for key in ("0", '""', "None", *_names(site)):
        for value in ("0", "1", '""', "None", "[]", "True", *_names(site)[:4]):
            if key != value or key == "0":
                weight = 0.5 if key == "0" or key in site.scope.parameters else 0.2
                yield site.put(node, f"{{{key}: {value}}}", f"{{{key}: {value}}}", weight)
    for name in _names(site):
        yield site.put(node, f"{{{name}}}", f"{{{name}}}", 0.15)
        if site.scope.was_seen(name, {"dict"}):
            yield site.put(node, f"dict({name})", f"a copy of {name}", 0.4)


def _dropped(site: Site, node: ast.List | ast.Set | ast.Tuple) -> Iterator[Proposal]:
    if not 1 < len(node.elts) <= _LARGE:
        return
    for at, element in enumerate(node.elts):
        start, end = site.source.span(element)
        if at + 1 < len(node.elts):
            end = site.source.span(node.elts[at + 1])[0]
        else:
            start = site.source.span(node.elts[at - 1])[1]
        yield Proposal((Edit(start, end, ""),), "drop an element", 0.3)


def _added(site: Site, node: ast.List | ast.Set | ast.Tuple) -> Iterator[Proposal]:
    if len(node.elts) > _LARGE:
        return
    if isinstance(node, ast.Tuple) and not site.text(node).startswith("("):
        return
    empty = not node.elts
    if empty and isinstance(node, ast.List):
        for name in [n for n in _names(site) if site.scope.was_seen(n, {"list"})]:
            yield site.put(node, f"list({name})", f"a copy of {name}", 0.3)
    for text in (*_USUAL, *_names(site), *(("[]",) if empty else ())):
        weight = 0.5 if empty else 0.2
        if empty:
            closing = ",)" if isinstance(node, ast.Tuple) else "]"
            opening = "(" if isinstance(node, ast.Tuple) else "["
            yield site.put(node, f"{opening}{text}{closing}", f"with {text}", weight)
        else:
            first, last = site.source.span(node.elts[0])[0], site.source.span(node.elts[-1])[1]
            yield Proposal((Edit(last, last, f", {text}"),), f"{text} at the end", weight)
            yield Proposal((Edit(first, first, f"{text}, "),), f"{text} in front", weight)


def _of_call(site: Site, node: ast.Call) -> Iterator[Proposal]:
    if not isinstance(node.func, ast.Name) or node.args or node.keywords:
        return
    if node.func.id == "set":
        for text in ("0", '""', *_names(site)):
            yield site.put(node, f"{{{text}}}", f"{{{text}}}", 0.4)
    elif node.func.id in ("list", "deque"):
        for text in ("0", '""', *_names(site)):
            yield site.put(node, f"{node.func.id}([{text}])", f"with {text}", 0.4)


def _extended(site: Site, node: ast.expr) -> Iterator[Proposal]:
    """A sequence that is gone through, with a sentinel before or behind it."""
    if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.ListComp)):
        return
    if isinstance(node, ast.Call):
        if not (isinstance(node.func, ast.Name) and node.func.id == "enumerate" and node.args):
            return
        return (yield from _extended(site, node.args[0]))
    text = site.text(node)
    for extra in ("0", "None", '""', *_names(site)[:4]):
        if extra != text:
            yield site.put(node, f"[*{text}, {extra}]", f"{extra} behind", 0.2)
            yield site.put(node, f"[{extra}, *{text}]", f"{extra} before", 0.2)


def _names(site: Site) -> list[str]:
    return [n for n in site.names if n not in ("self", "cls")][:_NAMES]


FAMILY = Family(
    "literal",
    (ast.List, ast.Set, ast.Tuple, ast.Dict, ast.Call, ast.For, ast.comprehension),
    propose,
    ceiling=0.5,
)
