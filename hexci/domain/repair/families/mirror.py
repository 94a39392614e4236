"""What is done the same way twice: the other half of it, told by how two places correspond."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from hexci.domain.repair.families.statement import block_of, whole_lines
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import Scope, spelling_likeness
from hexci.domain.repair.source import Edit

_TOKEN = re.compile(r"\w+|'[^']*'|\"[^\"]*\"|\s+|.")
_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)
_PARTS = (ast.Compare, ast.BinOp, ast.Call, ast.Subscript)
_LEAST, _MOST = 2, 4  # words that differ between two places that correspond
_SHORTEST = 3  # words of such a place
_LONGEST = 120  # letters of it
_PLACES = 40
_WAYS = 8  # correspondences that are looked at
_ALIKE = 0.5  # likeness from which a place may be meant for a mirror of another

Words = tuple[str, ...]


def propose(site: Site) -> Iterator[Proposal]:
    """The mirror of a statement beside it; a mirror of another place instead of this one."""
    node = site.node
    ways = _ways(site.scope)
    if not ways:
        return
    if isinstance(node, ast.expr):
        yield from _instead(site, node, _expressions(site.scope))
        return
    assert isinstance(node, ast.stmt)  # noqa: S101
    if block_of(site, node) is None or not site.source.starts_line(node):
        return
    yield from _instead(site, node, _statements(site.scope))
    start, end = whole_lines(site, node)
    indent, text = site.source.indent(node), site.text(node)
    lead = "" if site.source.data[end - 1 : end] in (b"\n", b"\r") else "\n"
    for way in ways:
        other = _mirrored(text, way)
        if other not in _statements(site.scope) and "\n" not in other:
            line = f"{indent}{other}\n"
            yield Proposal((Edit(start, start, line),), "its mirror before", 0.5)
            yield Proposal((Edit(end, end, lead + line),), "its mirror after", 0.5)


def _instead(site: Site, node: ast.expr | ast.stmt, places: Words) -> Iterator[Proposal]:
    text = site.text(node)
    found: dict[str, float] = {}
    for way in _ways(site.scope):
        for other in places:
            new = _mirrored(other, way)
            if new not in places and (alike := spelling_likeness(text, new)) >= _ALIKE:
                found[new] = alike
    for new, alike in found.items():
        yield site.put(node, new, "mirror of another", 0.5 * alike)


@lru_cache(maxsize=64)
def _statements(scope: Scope) -> Words:
    own = (text for text, _, function in scope.simple_statements if function is scope.node)
    return tuple(dict.fromkeys(text for text in own if len(text) <= _LONGEST))[:_PLACES]


@lru_cache(maxsize=64)
def _expressions(scope: Scope) -> Words:
    texts = (scope.source.text(part) for part in scope.expressions if isinstance(part, _PARTS))
    whole = (text for text in texts if len(text) <= _LONGEST and "\n" not in text)
    return tuple(dict.fromkeys(whole))[:_PLACES]


@lru_cache(maxsize=64)
def _ways(scope: Scope) -> tuple[Mapping[str, str], ...]:
    """How two statements of the function correspond: words, both ways, that differ in them."""
    ways: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for one, other in combinations(map(_words, _statements(scope)), 2):
        pairs = {(a, b) for a, b in zip(one, other, strict=False) if a != b}
        both = dict(pairs) | {b: a for a, b in pairs}
        same_form = len(one) == len(other) >= _SHORTEST and all(map(_is_exchanged, pairs))
        if same_form and _LEAST <= len(pairs) <= _MOST and len(both) == 2 * len(pairs):
            ways.setdefault(tuple(sorted(both.items())), both)
    return tuple(ways.values())[:_WAYS]


def _words(text: str) -> list[str]:
    return [word for word in _TOKEN.findall(text) if not word.isspace()]


def _is_exchanged(pair: tuple[str, str]) -> bool:
    """Names for names, literals for literals, signs for signs."""
    one, other = pair
    return one.isidentifier() == other.isidentifier() and one[0].isalnum() == other[0].isalnum()


def _mirrored(text: str, way: Mapping[str, str]) -> str:
    return "".join(way.get(word, word) for word in _TOKEN.findall(text))


FAMILY = Family("mirror", (*_SIMPLE, *_PARTS), propose, ceiling=0.5)
