"""Conditions: one more conjunct or alternative, or another condition of the same function."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Edit

_MOST_ATOMS = 50
_EMPTY_TESTABLE = frozenset({"list", "dict", "set", "str", "tuple", "NoneType", "deque", "bytes"})


def propose(site: Site) -> Iterator[Proposal]:
    """The condition strengthened, weakened, replaced by another of the function."""
    node = site.node
    if isinstance(node, ast.comprehension):
        yield from _filters(site, node)
        return
    assert isinstance(node, (ast.If, ast.While, ast.IfExp))  # noqa: S101
    yield from _changed(site, node.test)
    if isinstance(node, ast.While):
        yield site.put(node.test, "True", "always", 0.2, suspect=True)


def _changed(site: Site, test: ast.expr) -> Iterator[Proposal]:
    text = site.text(test)
    start, end = site.source.span(test)
    shown = f"({text})" if isinstance(test, (ast.BoolOp, ast.IfExp, ast.Lambda)) else text
    own = {n.id for n in ast.walk(test) if isinstance(n, ast.Name)}
    for atom, weight in atoms(site):
        if atom == text:
            continue
        near = weight * (1.0 if any(name in atom for name in own) else 0.6)
        yield Proposal((Edit(start, end, f"{shown} and {atom}"),), "add and", near)
        yield Proposal((Edit(start, end, f"{shown} or {atom}"),), "add or", near)
        yield Proposal((Edit(start, end, f"{atom} and {shown}"),), "and before", near * 0.5)
        yield Proposal((Edit(start, end, f"{atom} or {shown}"),), "or before", near * 0.4)
        yield Proposal((Edit(start, end, atom),), "other condition", near * 0.4)


def _filters(site: Site, node: ast.comprehension) -> Iterator[Proposal]:
    end = site.source.span(node.ifs[-1] if node.ifs else node.iter)[1]
    for atom, weight in atoms(site):
        word = "and" if node.ifs else "if"
        yield Proposal((Edit(end, end, f" {word} {atom}"),), "add a filter", weight * 0.4)
    for test in node.ifs:
        before = site.source.data.rfind(b"if", 0, site.source.span(test)[0])
        yield Proposal((Edit(before, site.source.span(test)[1], ""),), "drop the filter", 0.4)


def atoms(site: Site) -> tuple[tuple[str, float], ...]:
    """Conditions that can be made from what the function knows, likeliest first, bounded."""
    return _atoms_of(site.scope)


@lru_cache(maxsize=64)
def _atoms_of(scope: Scope) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for text, weight in _all_atoms(scope):
        if "\n" not in text:
            found.setdefault(text, weight)
        if len(found) >= _MOST_ATOMS:
            break
    return tuple(found.items())


def _all_atoms(scope: Scope) -> Iterator[tuple[str, float]]:
    names = [n for n in scope.locals if n not in ("self", "cls")]
    yield from _emptiness(scope, names)
    for other in scope.expressions:
        if isinstance(other, ast.Compare):
            yield scope.source.text(other), 0.4
    yield from _asked(scope)
    yield from _numbers([n for n in names if _is_seen(scope, n, {"int", "float"})])
    yield from _membership(scope, names)
    for attribute in list(scope.attributes.get("self", {}))[:6]:
        yield f"self.{attribute}", 0.25
        yield f"not self.{attribute}", 0.25


def _asked(scope: Scope) -> Iterator[tuple[str, float]]:
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


def _numbers(names: list[str]) -> Iterator[tuple[str, float]]:
    for name in names:
        yield from ((f"{name} {op}", 0.3) for op in ("> 0", "== 0", "< 0", ">= 0", "!= 0"))
    for one, other in permutations(names[:4], 2):
        yield from ((f"{one} {op} {other}", 0.25) for op in ("<", "<=", "==", "!="))


def _membership(scope: Scope, names: list[str]) -> Iterator[tuple[str, float]]:
    containers = [n for n in names if _is_seen(scope, n, {"set", "dict", "list"})]
    for container in containers[:3]:
        for name in names[:6]:
            if name != container:
                yield f"{name} in {container}", 0.25
                yield f"{name} not in {container}", 0.3


def _is_seen(scope: Scope, name: str, kinds: set[str]) -> bool:
    return bool(scope.types.get(name, frozenset()) & kinds)


FAMILY = Family(
    "condition", (ast.If, ast.While, ast.IfExp, ast.comprehension), propose, ceiling=0.5
)
