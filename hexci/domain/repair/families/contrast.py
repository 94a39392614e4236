"""Edits that what a failing comparison shows suggests: the letters, the step, the type between."""

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from hexci.domain.repair.proposal import Crash, Family, Proposal, Site
from hexci.domain.repair.source import Edit

_LITERAL = re.compile(
    r"(?P<prefix>[rRbBuUfF]*)(?P<quote>'''|\"\"\"|'|\")(?P<body>.*)(?P=quote)", re.DOTALL
)
_MOST_LETTERS = 400  # of two texts that are laid beside each other
_MOST_CHANGES = 4  # between them: with more, they are about something else
_LONGEST = 40  # letters of one change
_LARGEST = 1000  # difference of two numbers
_KINDS = ("tuple", "list", "set", "str", "int", "float", "bool", "dict", "bytes")


def propose(site: Site) -> Iterator[Proposal]:
    """Only where a failing test showed two plain values that should have been equal."""
    pairs = _pairs(site.crashes)
    node = site.node
    if not pairs:
        return
    if isinstance(node, (ast.Return, ast.Assign)) and node.value is not None:
        yield from _converted(site, node.value, pairs)
    elif isinstance(node, ast.JoinedStr):
        yield from _other_letters(site, node)
    elif isinstance(node, ast.Constant) and not isinstance(site.source.parent(node), ast.Expr):
        if isinstance(node.value, str):
            yield from _other_letters(site, node)
        elif type(node.value) is int:
            yield from _other_number(site, node, node.value, pairs)


Pair = tuple[object, object]
Way = tuple[str, float, bool]


@lru_cache(maxsize=8)
def _pairs(crashes: tuple[Crash, ...]) -> tuple[Pair, ...]:
    """The innermost plain values that differ, of every comparison."""
    found: list[Pair] = []
    for crash in crashes:
        if crash.shown is not None:
            left, right = (ast.literal_eval(text) for text in crash.shown)
            found += _leaves(left, right)
    return tuple(found)


def _leaves(left: object, right: object) -> Iterator[Pair]:
    if type(left) is type(right):
        if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
            if len(left) == len(right) and sorted(map(repr, left)) != sorted(map(repr, right)):
                for one, other in zip(left, right, strict=True):
                    yield from _leaves(one, other)
                return
        elif isinstance(left, dict) and isinstance(right, dict) and set(left) == set(right):
            for key in left:
                yield from _leaves(left[key], right[key])
            return
    if type(left) is not type(right) or left != right:
        yield left, right


def _other_letters(site: Site, node: ast.expr) -> Iterator[Proposal]:
    found = _LITERAL.fullmatch(site.text(node))
    if found is None:
        return
    body = found["body"]
    seen = {body}
    for old, new, weight in _replacements(site.crashes):
        for text in _replaced(body, old, new):
            if text not in seen:
                seen.add(text)
                quoted = f"{found['prefix']}{found['quote']}{text}{found['quote']}"
                edit = Edit(*site.source.span(node), quoted)
                yield Proposal((edit,), f"{old[:10]!r} to {new[:10]!r}", weight)


def _replaced(body: str, old: str, new: str) -> Iterator[str]:
    if not old:
        yield body + new
        yield new + body
    elif old in body:
        yield body.replace(old, new)
        yield body.replace(old, new, 1)
        head, _, tail = body.rpartition(old)
        yield head + new + tail


@lru_cache(maxsize=8)
def _replacements(crashes: tuple[Crash, ...]) -> tuple[tuple[str, str, float], ...]:
    """(old, new, weight) in both directions: nothing says which side was expected."""
    found: dict[tuple[str, str], float] = {}
    for left, right in _pairs(crashes):
        if isinstance(left, str) and isinstance(right, str):
            for old, new, weight in _changes(left, right):
                for one, other in ((old, new), (new, old)):
                    key = (_escaped(one), _escaped(other))
                    found[key] = max(found.get(key, 0.0), weight)
    return tuple((old, new, weight) for (old, new), weight in found.items())


def _changes(left: str, right: str) -> Iterator[tuple[str, str, float]]:
    if max(len(left), len(right)) > _MOST_LETTERS:
        return
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    changes = [c for c in codes if c[0] != "equal"]
    if len(changes) > _MOST_CHANGES:
        return
    for _, i, j, k, m in changes:
        old, new = left[i:j], right[k:m]
        if len(old) > _LONGEST or len(new) > _LONGEST:
            continue
        yield old, new, 0.9 if old and new else 0.4
        after = left[j : j + 1]
        before = left[i - 1 : i] if i else ""
        if after:
            yield old + after, new + after, 0.7
        if before:
            yield before + old, before + new, 0.7


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _other_number(
    site: Site, node: ast.Constant, value: int, pairs: tuple[Pair, ...]
) -> Iterator[Proposal]:
    seen = {value}
    for left, right in pairs:
        if type(left) is int and type(right) is int and 1 < abs(left - right) <= _LARGEST:
            step = abs(left - right)
            for new, weight in ((value + step, 0.5), (value - step, 0.5)):
                if new not in seen and new >= 0:
                    seen.add(new)
                    yield site.put(node, str(new), f"{value} to {new}", weight)


def _converted(site: Site, value: ast.expr, pairs: tuple[Pair, ...]) -> Iterator[Proposal]:
    text = site.text(value)
    if "\n" in text:
        return
    seen: set[str] = set()
    shown = text if isinstance(value, (ast.Name, ast.Call, ast.Attribute)) else f"({text})"
    for left, right in pairs:
        for pattern, weight, copied in _ways(left, right):
            new = pattern.replace("{}", text if "({})" in pattern else shown)
            if new not in seen:
                seen.add(new)
                yield site.put(value, new, f"to {pattern}", weight, suspect=copied)


def _ways(left: object, right: object) -> Iterator[Way]:
    """Patterns with `{}` for the value, weights, whether the tests' answers are copied in them."""
    yield from ((pattern, weight, False) for pattern, weight in _conversions(left, right))
    if isinstance(left, str) and isinstance(right, str):
        yield from _letters(left, right)


def _conversions(left: object, right: object) -> Iterator[tuple[str, float]]:
    kinds = (type(left).__name__, type(right).__name__)
    if kinds[0] != kinds[1]:
        yield from ((f"{kind}({{}})", 0.7) for kind in kinds if kind in _KINDS)
    elif isinstance(left, str) and isinstance(right, str):
        yield from _ways_of_text(left, right)
    elif isinstance(left, list) and isinstance(right, list):
        yield from _ways_of_lists(left, right)
    elif type(left) is int and type(right) is int and left == -right:
        yield "-{}", 0.6
        yield "abs({})", 0.6
    elif type(left) is bool:
        yield "not {}", 0.3


def _ways_of_text(left: str, right: str) -> Iterator[tuple[str, float]]:
    if left.lower() == right.lower():
        for name in ("lower", "upper", "capitalize", "title"):
            yield f"{{}}.{name}()", 0.7
    if left.strip() == right.strip():
        yield from ((f"{{}}.{name}()", 0.7) for name in ("strip", "rstrip", "lstrip"))


def _letters(left: str, right: str) -> Iterator[Way]:
    """`replace` of what differs; letters and digits in it are what only the answers tell of."""
    for one, other in ((left, right), (right, left)):
        for old, new, _ in _changes(one, other):
            if old and one.replace(old, new) == other:
                copied = any(each.isalnum() for each in old + new)
                yield f"{{}}.replace({old!r}, {new!r})", 0.5, copied


def _ways_of_lists(left: list[object], right: list[object]) -> Iterator[tuple[str, float]]:
    mine, its = [repr(each) for each in left], [repr(each) for each in right]
    if mine[::-1] == its:
        yield "{}[::-1]", 0.7
    if sorted(mine) == sorted(its):
        yield "sorted({})", 0.7
    elif set(mine) == set(its):
        yield "list(dict.fromkeys({}))", 0.7


FAMILY = Family(
    "contrast", (ast.Constant, ast.JoinedStr, ast.Return, ast.Assign), propose, ceiling=0.9
)
