"""Wrapping: a value clipped, converted, copied, sorted, given a default."""

import ast
from collections.abc import Iterator

from hexci.domain.repair.proposal import Family, Proposal, Site

_SEQUENCES = ("list", "sorted", "set", "tuple", "reversed")
_ROLES = (ast.Call, ast.Return, ast.Assign, ast.AugAssign, ast.For, ast.Compare, ast.BinOp,
          ast.keyword, ast.Yield, ast.comprehension, ast.Subscript, ast.Tuple)  # fmt: skip


def propose(site: Site) -> Iterator[Proposal]:
    """One more layer round an expression that is read."""
    node = site.node
    assert isinstance(node, ast.expr)  # noqa: S101
    parent = site.source.parent(node)
    if not isinstance(parent, _ROLES) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    if isinstance(parent, ast.Call) and parent.func is node:
        return
    text = site.text(node)
    if len(text) > 60 or "\n" in text:
        return
    kinds = _kinds(site, node)
    yield from _converted(site, node, text, kinds)
    yield from _clipped(site, node, text, kinds, parent)
    yield from _defaulted(site, node, text, kinds)


def _kinds(site: Site, node: ast.expr) -> frozenset[str]:
    return site.scope.types.get(node.id, frozenset()) if isinstance(node, ast.Name) else frozenset()


def _converted(site: Site, node: ast.expr, text: str, kinds: frozenset[str]) -> Iterator[Proposal]:
    parent = site.source.parent(node)
    iterated = isinstance(parent, (ast.For, ast.comprehension)) or kinds & {"list", "dict", "set"}
    called = isinstance(parent, ast.Call)
    if iterated or (called and not kinds):
        for function in _SEQUENCES:
            yield site.put(node, f"{function}({text})", f"{function}()", 0.4)
    if not kinds or kinds & {"int", "float", "str"}:
        for function, weight in (
            ("str", 0.35),
            ("int", 0.35),
            ("len", 0.3),
            ("abs", 0.35),
            ("float", 0.15),
        ):
            yield site.put(node, f"{function}({text})", f"{function}()", weight)
    if not kinds or "str" in kinds:
        for method in ("strip", "lower", "upper"):
            yield site.put(node, f"{text}.{method}()", f".{method}()", 0.25)
    if kinds & {"list", "dict", "set"} or (
        not kinds and isinstance(parent, (ast.Call, ast.Assign))
    ):
        yield site.put(node, f"{text}.copy()", "copy", 0.3)
    if not kinds or kinds & {"list", "tuple", "str"}:
        yield site.put(node, f"{text}[::-1]", "reversed", 0.2)
        yield site.put(node, f"{text}[0]", "the first", 0.35)
        yield site.put(node, f"{text}[-1]", "the last", 0.35)
        yield site.put(node, f"{text}[1:]", "without the first", 0.25)
        yield site.put(node, f"{text}[:-1]", "without the last", 0.2)
    yield site.put(node, f"[{text}]", "in a list", 0.25)
    if isinstance(parent, ast.Tuple | ast.Return):
        yield site.put(node, f"not {text}", "not", 0.2)


def _clipped(
    site: Site, node: ast.expr, text: str, kinds: frozenset[str], parent: ast.AST | None
) -> Iterator[Proposal]:
    if isinstance(node, (ast.Constant, ast.List, ast.Dict, ast.JoinedStr)):
        return
    if kinds and not kinds & {"int", "float"}:
        return
    where = 0.45 if isinstance(parent, (ast.Assign, ast.Return, ast.AugAssign)) else 0.2
    for function in ("max", "min"):
        yield site.put(node, f"{function}({text}, 0)", f"{function} with 0", where * 0.7)
        yield site.put(node, f"{function}({text}, 1)", f"{function} with 1", where * 0.5)
        others = [n for n in site.scope.locals if n != text and site.scope.is_number(n)]
        known = [n for n in others if site.scope.types.get(n)]
        for name in (known or others)[:6]:
            yield site.put(node, f"{function}({text}, {name})", f"{function} with {name}", where)
    for target in _targets(site):
        for function in ("max", "min"):
            yield site.put(node, f"{function}({target}, {text})", f"{function} with {target}", 0.6)


def _targets(site: Site) -> list[str]:
    statement = site.statement
    if isinstance(statement, ast.Assign) and statement.value is site.node:
        return [site.text(t) for t in statement.targets]
    return []


def _defaulted(site: Site, node: ast.expr, text: str, kinds: frozenset[str]) -> Iterator[Proposal]:
    weight = 0.5 if "NoneType" in kinds else 0.15
    if site.crashed_with("TypeError", "AttributeError"):
        weight *= 2
    for default in ("[]", "{}", '""', "0", "()"):
        yield site.put(node, f"({text} or {default})", f"or {default}", min(1.0, weight))


FAMILY = Family(
    "wrap",
    (ast.Name, ast.Attribute, ast.Call, ast.BinOp, ast.Subscript, ast.List, ast.IfExp),
    propose,
    ceiling=0.6,
)
