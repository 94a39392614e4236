"""Ordering: by what `sorted`, `sort`, `min` and `max` compare, and what decides between equals."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site

_ORDERING = ("sorted", "sort", "min", "max", "nlargest", "nsmallest")
_KEYS = (
    ("lambda item: item[1]", 0.5), ("lambda item: item[0]", 0.3), ("lambda item: -item", 0.3),
    ("lambda item: -item[1]", 0.25), ("lambda item: (item[0], -item[1])", 0.3),
    ("lambda item: (item[1], item[0])", 0.3), ("lambda item: (-item[1], item[0])", 0.4),
    ("abs", 0.2), ("str.lower", 0.2),
)  # fmt: skip
_MOST = 4  # mappings whose values may be the order


def propose(site: Site) -> Iterator[Proposal]:
    """Another key, or one where there is none."""
    node = site.node
    assert isinstance(node, ast.Call)  # noqa: S101
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name not in _ORDERING or (name in ("min", "max") and len(node.args) != 1):
        return
    key = next((k.value for k in node.keywords if k.arg == "key"), None)
    if key is None:
        yield from _with_key(site, node)
    elif isinstance(key, ast.Lambda) and len(key.args.args) == 1:
        yield from _other_keys(site, key, key.args.args[0].arg)


def _with_key(site: Site, node: ast.Call) -> Iterator[Proposal]:
    head = site.text(node).rstrip()[:-1].rstrip().rstrip(",")
    comma = ", " if node.args or node.keywords else ""
    for key, weight in _KEYS:
        yield site.put(node, f"{head}{comma}key={key})", f"by {key}", weight)
    for owner in [n for n in site.names if site.scope.was_seen(n, {"dict"})][:_MOST]:
        yield site.put(node, f"{head}{comma}key={owner}.get)", f"by {owner}", 0.5)


def _other_keys(site: Site, key: ast.Lambda, item: str) -> Iterator[Proposal]:
    body = key.body
    text = site.text(body)
    if isinstance(body, ast.Tuple):
        for part in body.elts:
            sign = site.text(part)
            turned = sign[1:] if isinstance(part, ast.UnaryOp) else f"-{sign}"
            yield site.put(part, turned, "the other way round", 0.4)
        return
    yield site.put(body, f"-{text}", "the other way round", 0.4)
    index = getattr(body, "slice", None)
    is_place = isinstance(index, ast.Constant) and index.value in (0, 1)
    others = [f"{item}[{1 - index.value}]"] if is_place else [item]  # type: ignore[union-attr]
    for other in others:
        for one, two in ((text, other), (text, f"-{other}"), (f"-{text}", other)):
            yield site.put(body, f"({one}, {two})", "what decides between equals", 0.35)


FAMILY = Family("ordering", (ast.Call,), propose, ceiling=0.5)
