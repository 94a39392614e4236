"""Comparisons: `<` for `<=`, `==` for `!=`, `is` for `==`, `in` for `not in`."""

import ast
import re
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit

_TOKEN = re.compile(r"is\s+not\b|not\s+in\b|<=|>=|==|!=|<|>|is\b|in\b")
_NEAR = {
    "<": ("<=", ">", ">=", "!=", "=="),
    "<=": ("<", ">=", ">", "==", "!="),
    ">": (">=", "<", "<=", "!=", "=="),
    ">=": (">", "<=", "<", "==", "!="),
    "==": ("!=", "<=", ">=", "is", "in", "<", ">"),
    "!=": ("==", "<", ">", "is not", "not in", "<=", ">="),
    "is": ("is not", "=="),
    "is not": ("is", "!="),
    "in": ("not in", "=="),
    "not in": ("in", "!="),
}

_HOLDING = ("list", "tuple", "dict", "str", "defaultdict", "Counter")
_OPPOSITE = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}


def propose(site: Site) -> Iterator[Proposal]:
    """Every comparison operator exchanged for its neighbours, nearest first."""
    assert isinstance(site.node, ast.Compare)  # noqa: S101
    left = site.node.left
    for right in site.node.comparators:
        start, end = site.source.span(left)[1], site.source.span(right)[0]
        between = site.source.between(start, end)
        found = _TOKEN.search(between)
        if found:
            at = start + len(between[: found.start()].encode())
            token = " ".join(found[0].split())
            for rank, new in enumerate(_NEAR[token]):
                edit = Edit(at, at + len(found[0].encode()), _spaced(new, between, found))
                # what asks for the opposite is seldom written, and passes many a test
                share = 0.6 if _OPPOSITE.get(token) == new else 1.0
                yield Proposal((edit,), f"{token} to {new}", share / (1 + 0.6 * rank))
        left = right
    yield from _looked_up(site, site.node)


def _looked_up(site: Site, node: ast.Compare) -> Iterator[Proposal]:
    """`left < right` as `heights[left] < heights[right]`."""
    one, other = node.left, node.comparators[0]
    if len(node.ops) > 1 or not (isinstance(one, ast.Name) and isinstance(other, ast.Name)):
        return
    for name in [n for n in site.names if n not in (one.id, other.id)]:
        if site.scope.was_seen(name, _HOLDING):
            edits = tuple(site.source.replace(n, f"{name}[{n.id}]") for n in (one, other))
            yield Proposal(edits, f"both in {name}", 0.35)


def _spaced(new: str, between: str, found: re.Match[str]) -> str:
    # `a<b` may become `a is b`, never `aisb`
    if not new[0].isalpha():
        return new
    before = "" if between[: found.start()][-1:].isspace() else " "
    after = "" if between[found.end() :][:1].isspace() else " "
    return f"{before}{new}{after}"


FAMILY = Family("comparison", (ast.Compare,), propose)
