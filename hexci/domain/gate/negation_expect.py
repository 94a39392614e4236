"""The negation probe for jest, vitest and mocha: tests by `it` or `test`, checks by any library.

Each check that can be told from its text is turned round: what it compares with becomes something
that equals nothing, or `not` comes in or goes. A test in which no such check was reached fails at
its end. So none passes honestly; what still does compares equal to everything, or never ran.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from hexci.domain.gate.masking import closing, masked

_TEST = re.compile(
    r"(?<![\w$.])(?:it|test|specify)(?:\.(?:only|concurrent|sequential|fails))*\s*\("
)
_EACH = re.compile(r"(?<![\w$.])(?:it|test)(?:\.(?:only|concurrent))*\.each\b")
_BODY = re.compile(r"=>\s*\{|\bfunction\b[^(){}]*\([^{}]*?\)\s*\{")
_COMPARISON = re.compile(
    r"\.(?:toBe|toEqual|toStrictEqual|toMatchObject|equals?|eql|eqls?|deepEqual|strictEqual)\s*\("
)
# a check of jest's kind whose sense `not` turns round
_MATCHER = re.compile(r"(?P<not>\.not)?\.(?P<name>to[A-Z]\w*)\s*\(")
_ASSERT_PAIR = re.compile(
    r"(?<![\w$.])(?:assert|chai\.assert)(?:\.strict)?"
    r"\.(?:equal|strictEqual|deepEqual|deepStrictEqual|eql|same)\s*\("
)
_USES = re.compile(r"(?<![\w$.])(?:it|test|specify)(?:\.\w+)*\s*[(`]")
_REACHED = "globalThis.hexciReached=1"
_NOTHING_EQUALS = f"({_REACHED},Symbol('negated by hexci'))"
_BEGIN = "globalThis.hexciReached=0;"
_END = ";if(!globalThis.hexciReached)throw new Error('negated by hexci');"
_WRAP = (
    "((f)=>typeof f!=='function'?f:async function(...given){"
    f"{_BEGIN}await f.apply(this,given){_END}}})("
)

Edit = tuple[int, int, str]


def negate_expectations(text: str) -> str:
    """`text` with every test's checks turned round; unchanged when it declares no test."""
    mask = masked(text, "ecmascript")
    if not _USES.search(mask):
        return text
    edits = [*_checks(mask), *_bodies(mask, text)]
    for start, stop, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def _checks(mask: str) -> Iterator[Edit]:
    pairs = {found.end() for found in _ASSERT_PAIR.finditer(mask)}
    for found in _ASSERT_PAIR.finditer(mask):
        yield from _second(mask, found.end())
    for found in _MATCHER.finditer(mask):
        if found["not"] or not _COMPARISON.fullmatch(mask, found.start("name") - 1, found.end()):
            turned = "" if found["not"] else ".not"
            yield (found.start(), found.end(), f"{turned}[{_REACHED},'{found['name']}'](")
    for found in _COMPARISON.finditer(mask):
        negated = mask[: found.start()].rstrip().endswith(".not")
        if found.end() not in pairs and not negated:
            stop = closing(mask, found.end() - 1)
            yield (found.end(), stop, _NOTHING_EQUALS)


def _second(mask: str, start: int) -> Iterator[Edit]:
    """The second argument of the call whose first begins at `start`."""
    arguments = _arguments(mask, start - 1)
    if len(arguments) > 1:
        yield (*arguments[1], _NOTHING_EQUALS)


def _arguments(mask: str, opening: int) -> list[tuple[int, int]]:
    """Where each argument of the call begins and ends."""
    stop = closing(mask, opening)
    edges, at = [opening], opening + 1
    while at < stop:
        if mask[at] in "([{":
            at = closing(mask, at)
        elif mask[at] == ",":
            edges.append(at)
        at += 1
    return [(a + 1, b) for a, b in pairwise([*edges, stop])]


def _bodies(mask: str, text: str) -> Iterator[Edit]:
    """Where the function of each test begins and ends; one that is only named is wrapped."""
    for opening in _calls(mask, text):
        stop = closing(mask, opening)
        body = _BODY.search(mask, opening, stop)
        arguments = _arguments(mask, opening)
        if body is not None:
            last = closing(mask, body.end() - 1)
            yield (body.end(), body.end(), _BEGIN)
            yield (last, last, _END)
        elif len(arguments) > 1:
            start, end = arguments[1]
            yield (start, start, _WRAP)
            yield (end, end, ")")


def _calls(mask: str, text: str) -> Iterator[int]:
    """Where the arguments of each declaration of a test begin."""
    for found in _TEST.finditer(mask):
        yield found.end() - 1
    for found in _EACH.finditer(mask):
        table = mask.find("(", found.end())
        if table >= 0 and not text[found.end() :].lstrip().startswith("`"):
            table = mask.find("(", closing(mask, table))
        if table >= 0:
            yield table
