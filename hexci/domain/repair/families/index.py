"""Indices and slices: another end, a bound dropped or added, reversed, copied."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site


def propose(site: Site) -> Iterator[Proposal]:
    """Other ways to take a part of the same sequence."""
    node = site.node
    assert isinstance(node, ast.Subscript)  # noqa: S101
    if not isinstance(node.ctx, ast.Load):
        return
    value, index = site.text(node.value), node.slice
    if isinstance(index, ast.Slice):
        seen = {site.text(node)}
        for text, weight in _slices(site, index, node.value):
            whole = f"{value}[{text}]"
            if whole not in seen:
                seen.add(whole)
                yield site.put(node, whole, "other slice", weight)
    elif not isinstance(index, ast.Tuple) and not _is_text(index):
        yield from _indices(site, node, value)


def _slices(site: Site, index: ast.Slice, whole: ast.expr) -> Iterator[tuple[str, float]]:
    lower = site.text(index.lower) if index.lower else ""
    upper = site.text(index.upper) if index.upper else ""
    step = f":{site.text(index.step)}" if index.step else ""
    yield f":{lower}{step}" if lower and not upper else f"{upper}:{lower}{step}", 0.7
    if lower:
        yield f":{upper}{step}", 0.7
        yield f"-{lower}:{upper}{step}" if lower.isidentifier() else f"{lower}:{upper}{step}", 0.3
    if upper:
        yield f"{lower}:{step}", 0.8
        if not lower and not step:
            yield f"-{upper}:", 0.4
        if upper.isidentifier() and lower and step == "":
            yield f"{lower}:{lower} + {upper}", 0.5
    if (lower, upper, step) in (("", "-1", ""), ("1", "", "")):
        yield "1:" if upper else ":-1", 0.4
    if not lower:
        yield f"1:{upper}{step}", 0.6
    if not upper:
        yield f"{lower}:-1{step}", 0.6
    yield f"{lower}:{upper}" + (":-1" if not step else ""), 0.4
    # `[:-n]` is nothing at all where n is 0
    if upper.startswith("-") and upper[1:].isidentifier():
        yield f"{lower}:len({site.text(whole)}) - {upper[1:]}{step}", 0.4
    if lower.startswith("-") and lower[1:].isidentifier():
        yield f"len({site.text(whole)}) - {lower[1:]}:{upper}{step}", 0.4
    yield from _by_locals(site, lower, upper, step)


def _by_locals(site: Site, lower: str, upper: str, step: str) -> Iterator[tuple[str, float]]:
    for name in site.names:
        if site.scope.is_number(name) and site.scope.types.get(name):
            yield f"{name}:{upper}{step}", 0.25
            yield f"{lower}:{name}{step}", 0.25
            if lower and lower != name:
                yield f"{lower}:{lower} + {name}{step}", 0.2
            if upper and upper != name:
                yield f"{upper} - {name}:{upper}{step}", 0.15
        elif site.scope.was_seen(name, {"list", "str"}):
            yield f"len({name}):{upper}{step}", 0.15
            yield f"{lower}:len({name}){step}", 0.15


def _indices(site: Site, node: ast.Subscript, value: str) -> Iterator[Proposal]:
    text = site.text(node.slice)
    for new, weight in (("0", 0.5), ("-1", 0.5), ("1", 0.3), ("-2", 0.15)):
        if new != text:
            yield site.put(node, f"{value}[{new}]", "other index", weight)
    if site.scope.was_seen(value, {"dict"}):
        for default in (", 0", "", ", []"):
            yield site.put(node, f"{value}.get({text}{default})", "get", 0.2)
    if text.isidentifier():
        yield site.put(node, f"{value}[-{text}]", "from the end", 0.2)
        yield site.put(node, f"{value}[{text}:]", "slice for index", 0.1)
        yield site.put(node, f"{value}[:{text}]", "slice for index", 0.1)
    if text in ("0", "1", "-1"):
        for part in ("1:", ":-1", ":1"):
            yield site.put(node, f"{value}[{part}]", "slice for index", 0.2)


def _is_text(index: ast.expr) -> bool:
    return isinstance(index, ast.Constant) and isinstance(index.value, str)


FAMILY = Family("index", (ast.Subscript,), propose, ceiling=0.8)
