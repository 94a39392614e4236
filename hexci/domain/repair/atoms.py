"""Conditions that can be made from what a function knows: its names, its own conditions."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, permutations

from hexci.domain.repair.expressions import comparisons
from hexci.domain.repair.proposal import Site
from hexci.domain.repair.scope import Scope

_WORD = re.compile(r"\w+")
_MOST = 260
_SHORT = 30  # letters of an expression that is asked by itself
_EMPTY_TESTABLE = frozenset({"list", "dict", "set", "str", "tuple", "NoneType", "deque", "bytes"})
_ORDERED = frozenset({"list", "tuple", "str", "deque"})
_NUMBERS = {"int", "float"}
_HOLDING = {"list", "dict", "set", "tuple"}
_QUESTIONS = ("isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower")
_OTHER_WAY = {"<": ">", ">": "<", "-": "+", "+": "-"}
_BOUND = 5  # names of a comprehension, and what each is compared with


def atoms(site: Site) -> tuple[tuple[str, float], ...]:
    """Conditions with their weights, the likeliest kinds first, bounded.

    What a comprehension binds comes first in it: a filter asks for that.
    """
    return (*dict(_of_bound(site)).items(), *_atoms_of(site.scope))


def names_in(text: str) -> set[str]:
    """The words of a condition's text, names among them."""
    return {*_WORD.findall(text)}


def _of_bound(site: Site) -> Iterator[tuple[str, float]]:
    bound = [n for n in site.names if n not in site.scope.locals][:_BOUND]
    plain = [text for text, _ in _plain_values(site.scope)][:_BOUND]
    containers = [n for n in site.scope.locals if site.scope.was_seen(n, _HOLDING)][:_BOUND]
    for name in bound:
        yield from ((text, 0.5) for text in (name, f"not {name}"))
        yield from ((f"{name} is {text}", 0.35) for text in ("None", "not None"))
        yield from ((f"{name} {op}", 0.3) for op in ("> 0", "!= 0", ">= 0"))
        for container in containers:
            yield from ((f"{name} {op} {container}", 0.35) for op in ("not in", "in"))
        for other in [*plain, *site.scope.locals[:_BOUND]]:
            yield from ((f"{name} {op} {other}", 0.2) for op in ("==", "!="))
        yield from ((f"{name}.{method}()", 0.15) for method in ("isdigit", "isalpha", "strip"))
        for other in site.scope.locals[:_BOUND]:
            yield from ((f"{name} {op} {other}", 0.2) for op in ("<", "<=", ">", ">="))


@lru_cache(maxsize=64)
def _atoms_of(scope: Scope) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for text, weight in _all_atoms(scope):
        if "\n" not in text:
            found.setdefault(text, weight)
        if len(found) >= _MOST:
            break
    return tuple(found.items())


def _all_atoms(scope: Scope) -> Iterator[tuple[str, float]]:
    names = [n for n in scope.locals if n not in ("self", "cls")]
    yield from _emptiness(scope, names)
    for other in scope.expressions:
        if isinstance(other, ast.Compare):
            yield scope.source.text(other), 0.4
            if turned := _other_way(scope.source.text(other)):
                yield turned, 0.3
    yield from _both(scope, names)
    yield from _questions(scope)
    numbers = [n for n in names if scope.was_seen(n, _NUMBERS)]
    yield from _signs(numbers[:8])
    yield from _membership(scope, names)
    for attribute in list(scope.attributes.get("self", {}))[:6]:
        yield f"self.{attribute}", 0.25
        yield f"not self.{attribute}", 0.25
    yield from _orders(numbers[:4], 0.25)
    yield from _places(scope, names, numbers)
    yield from _asked(scope)
    yield from _equals(scope, names)
    yield from _parities(scope, numbers)
    yield from _orders(numbers[:7], 0.15)
    yield from comparisons(scope)


def _other_way(text: str) -> str:
    """`a > b + c` of `a < b - c`: where one side is bounded, the other is too."""
    if not re.search("[<>]", text) or not re.search("[-+]", text):
        return ""
    return re.sub("[-+<>]", lambda sign: _OTHER_WAY[sign[0]], text)


def _questions(scope: Scope) -> Iterator[tuple[str, float]]:
    """What the function asks of values by calls: `isinstance`, `startswith`, `isdigit`."""
    for other in scope.expressions:
        if isinstance(other, ast.Call) and _is_question(other.func):
            text = scope.source.text(other)
            yield text, 0.35
            yield f"not {text}", 0.3


def _is_question(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in ("isinstance", "issubclass", "hasattr", "callable", "any", "all")
    name = function.attr if isinstance(function, ast.Attribute) else ""
    return name.startswith(("is", "has", "startswith", "endswith", "match"))


def _emptiness(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    for name in names:
        kinds = scope.types.get(name, frozenset())
        if not kinds or kinds & _EMPTY_TESTABLE or "bool" in kinds:
            yield name, 0.5
            yield f"not {name}", 0.5
        if not kinds or "NoneType" in kinds:
            yield f"{name} is None", 0.4
            yield f"{name} is not None", 0.4


def _both(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    """Two of a kind asked together, as the two sides of a node or of a merge."""
    testable = [n for n in names if scope.was_seen(n, _EMPTY_TESTABLE)]
    for one, other in combinations(testable[:_BOUND], 2):
        shared = scope.types[one] & scope.types[other]
        if shared:
            yield f"not {one} and not {other}", 0.25
            yield f"{one} and {other}", 0.25
            yield f"not {one} or not {other}", 0.2
        if "NoneType" in shared:
            yield f"{one} is None and {other} is None", 0.25
            yield f"{one} is None or {other} is None", 0.2


def _signs(names: list[str]) -> Iterator[tuple[str, float]]:
    for name in names:
        yield from ((f"{name} {op}", 0.3) for op in ("> 0", "== 0", "< 0", ">= 0", "!= 0"))
        yield f"{name} > 1", 0.2
        yield f"{name} == 1", 0.2


def _orders(names: list[str], weight: float) -> Iterator[tuple[str, float]]:
    for one, other in permutations(names, 2):
        yield from ((f"{one} {op} {other}", weight) for op in ("<", "<="))
    for one, other in combinations(names, 2):
        yield from ((f"{one} {op} {other}", weight) for op in ("==", "!="))


def _parities(scope: Scope, numbers: list[str]) -> Iterator[tuple[str, float]]:
    """Whether a whole number is odd, or even; whether two are of different kinds."""
    whole = [name for name in numbers if scope.was_seen(name, {"int"})][:_BOUND]
    for text in (*whole, *(f"({a} + {b})" for a, b in combinations(whole, 2))):
        yield f"{text} % 2", 0.2
        yield f"{text} % 2 == 0", 0.2


def _equals(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    """Texts beside each other, and locals beside the values that are written out."""
    texts = [n for n in names if scope.was_seen(n, {"str"})][:5]
    for one, other in combinations(texts, 2):
        yield from ((f"{one} {op} {other}", 0.2) for op in ("==", "!="))
    for one in texts:
        yield from ((f"{one}.{question}()", 0.15) for question in _QUESTIONS)
    for text, kind in list(_plain_values(scope))[:6]:
        for name in [n for n in names if scope.was_seen(n, {kind})][:5]:
            yield from ((f"{name} {op} {text}", 0.15) for op in ("==", "!="))


def _plain_values(scope: Scope) -> Iterator[tuple[str, str]]:
    for other in scope.expressions:
        if isinstance(other, ast.Constant) and type(other.value) in (str, int):
            yield scope.source.text(other), type(other.value).__name__


def _membership(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    containers = [n for n in names if scope.was_seen(n, {"set", "dict", "list"})]
    sets = [n for n in names if scope.was_seen(n, {"set"})]
    for one, other in permutations(sets[:4], 2):
        yield from ((f"{one} {op} {other}", 0.25) for op in ("<=", "&", "!="))
        yield f"not {one} & {other}", 0.25
    for container in containers[:3]:
        for name in names[:8]:
            if name != container:
                yield f"{name} in {container}", 0.25
                yield f"{name} not in {container}", 0.3


def _places(scope: Scope, names: list[str], numbers: list[str]) -> Iterator[tuple[str, float]]:
    """Whether an index is inside a sequence, and what stands there."""
    sequences = [n for n in names if scope.was_seen(n, _ORDERED)]
    for sequence in sequences[:3]:
        for number in numbers[:4]:
            yield f"{number} < len({sequence})", 0.3
            yield f"{number} == len({sequence})", 0.2
            yield f"{sequence}[{number}]", 0.2
            yield f"not {sequence}[{number}]", 0.2
        yield from ((f"len({sequence}) {end}", 0.2) for end in ("== 1", "> 1"))
    for one, other in combinations(sequences[:3], 2):
        yield from ((f"len({one}) {op} len({other})", 0.25) for op in ("==", "!="))


def _asked(scope: Scope) -> Iterator[tuple[str, float]]:
    """Values the function reads anyway: whether they are there."""
    for other in scope.expressions:
        if isinstance(other, (ast.Attribute, ast.Subscript, ast.Call)):
            text = scope.source.text(other)
            parent = scope.source.parent(other)
            called = isinstance(parent, ast.Call) and parent.func is other
            if len(text) <= _SHORT and not called:
                yield text, 0.2
                yield f"not {text}", 0.2
