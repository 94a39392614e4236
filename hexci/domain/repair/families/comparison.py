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


def _spaced(new: str, between: str, found: re.Match[str]) -> str:
    # `a<b` may become `a is b`, never `aisb`
    if not new[0].isalpha():
        return new
    before = "" if between[: found.start()][-1:].isspace() else " "
    after = "" if between[found.end() :][:1].isspace() else " "
    return f"{before}{new}{after}"


FAMILY = Family("comparison", (ast.Compare,), propose)
