"""Constants: numbers one off, flipped Booleans, other literals of the same function."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import called_name

_LARGE = 1000  # from here on, numbers are seldom wrong by one
_SMALL = 9  # and round ones are not from here on


def propose(site: Site) -> Iterator[Proposal]:
    """Other values of the constant's kind, the nearest first."""
    node = site.node
    assert isinstance(node, ast.Constant)  # noqa: S101
    seen = {site.text(node)}
    for text, weight in _others(site, node):
        if text not in seen:
            seen.add(text)
            yield site.put(node, text, f"{_short(site.text(node))} to {_short(text)}", weight)


def _others(site: Site, node: ast.Constant) -> Iterator[tuple[str, float]]:
    value = node.value
    if isinstance(value, bool):
        yield str(not value), 1.0
        yield "None", 0.2
    elif isinstance(value, int):
        yield from _near_number(site, node, value)
    elif isinstance(value, float):
        others = (value + 1, value - 1, *((-value, 1 / value) if value else ()))
        yield from ((repr(other), 0.4) for other in others)
        yield "0.0", 0.4
        yield "1.0", 0.3
    elif value is None:
        yield from (
            ("True", 0.4),
            ("False", 0.4),
            ("0", 0.4),
            ("[]", 0.3),
            ('""', 0.3),
            ("{}", 0.2),
        )
    elif isinstance(value, str) and not _is_docstring(site, node):
        yield from ((text, 0.5) for text in _literals(site, str))
        yield from (('""', 0.4), ('" "', 0.3))
        yield from ((name, 0.2) for name in _names(site, "str"))
        if value != value.strip():
            yield repr(value.strip()), 0.5
    elif isinstance(value, bytes):
        yield from ((text, 0.5) for text in _literals(site, bytes))


def _near_number(site: Site, node: ast.Constant, value: int) -> Iterator[tuple[str, float]]:
    one_off = 0.1 if value >= _LARGE else 0.3 if value > _SMALL and _is_round(value) else 1.0
    yield str(value + 1), one_off
    if value > 0:
        yield str(value - 1), one_off
    negated = isinstance(site.source.parent(node), ast.UnaryOp)
    if value == 0:
        yield "-1", 0.7
        yield "None", 0.3
    elif not negated:
        yield f"-{value}", 0.4
    small = 0.8 if value <= _SMALL else 0.4
    yield from (("0", small), ("1", small), ("2", small / 2))
    yield from ((text, 0.3) for text in _literals(site, int))
    if value == 0:
        for name in _names(site, "list"):
            yield f"{name}[0]", 0.25
            yield f"len({name})", 0.2
    for name in _names(site, "int"):
        yield name, 0.25
        if value == 1:
            yield from ((f"{name} {sign} 1", 0.2) for sign in "+-")
    yield from ((text, 0.3) for text in _lengths(site))
    yield from (('float("inf")', 0.15), ('float("-inf")', 0.1), (str(value * 2), 0.15))
    if value > 0:
        yield str(value * 10), 0.15
    if value > _SMALL:
        yield str(value // 10), 0.15


def _lengths(site: Site) -> list[str]:
    """Lengths of sequences that the function measures anyway."""
    calls = (other for other in site.scope.expressions if isinstance(other, ast.Call))
    return [
        site.text(call)
        for call in calls
        if called_name(call.func) == "len"
        and isinstance(call.args[0] if call.args else 0, ast.Name)
    ]


def _is_round(value: int) -> bool:
    """Whether a number was chosen, not counted: tens, powers of two, parts of days."""
    return value % 10 == 0 or value & (value - 1) == 0 or value % 12 == 0


def _literals(site: Site, kind: type) -> Iterator[str]:
    for other in site.scope.expressions:
        if isinstance(other, ast.Constant) and type(other.value) is kind:
            yield site.text(other)


def _names(site: Site, kind: str) -> Iterator[str]:
    for name in site.names:
        if kind in site.scope.types.get(name, frozenset()):
            yield name


def _is_docstring(site: Site, node: ast.Constant) -> bool:
    parent = site.source.parent(node)
    return isinstance(parent, ast.Expr)


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:17]}..."


FAMILY = Family("constant", (ast.Constant,), propose)
