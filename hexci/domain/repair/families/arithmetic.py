"""Arithmetic: another operator between two operands, or in an augmented assignment."""

import ast
import re
from collections.abc import Iterator

from hexci.domain.repair.families.boundary import is_one
from hexci.domain.repair.proposal import Family, Proposal, Site
from hexci.domain.repair.source import Edit, as_operand

_TOKEN = re.compile(r"\*\*|//|<<|>>|[-+*/%&|^@]")
_NEAR = {
    "+": ("-", "*", "//", "%", "|"),
    "-": ("+", "*", "//", "%"),
    "*": ("+", "**", "//", "/", "-"),
    "/": ("//", "*", "%", "-"),
    "//": ("/", "%", "*", "-"),
    "%": ("//", "/", "*", "-", "&"),
    "**": ("*", "+"),
    "&": ("|", "^", "and", "-"),
    "|": ("&", "^", "or", "+"),
    "^": ("&", "|", "**", "+"),
    "<<": (">>", "*"),
    ">>": ("<<", "//"),
    "@": ("*",),
}


def propose(site: Site) -> Iterator[Proposal]:
    """The operator exchanged for its neighbours, nearest first."""
    node = site.node
    if isinstance(node, ast.BinOp):
        start, end = site.source.span(node.left)[1], site.source.span(node.right)[0]
        yield from _exchanged(site, start, end, "")
        yield from _rounded_up(site, node)
        yield from _times_another(site, node)
        if isinstance(node.op, (ast.Add, ast.Sub)):
            left, right = site.text(node.left), site.text(node.right)
            for function in ("max", "min"):
                yield site.put(node, f"{function}({left}, {right})", f"{function} of both", 0.15)
                if isinstance(node.op, ast.Add) and isinstance(node.left, ast.BinOp):
                    yield from _better_of_two(site, node, node.left, function)
    elif isinstance(node, ast.AugAssign):
        start, end = site.source.span(node.target)[1], site.source.span(node.value)[0]
        yield from _exchanged(site, start, end, "=")


def _times_another(site: Site, node: ast.BinOp) -> Iterator[Proposal]:
    """`x ** 2` as `x * y`."""
    if isinstance(node.op, ast.Pow) and getattr(node.right, "value", None) == 2:
        left = as_operand(site.text(node.left))
        for name in [n for n in site.names if site.scope.was_seen(n, {"int", "float"})]:
            yield site.put(node, f"{left} * {name}", f"times {name}", 0.3)


def _better_of_two(
    site: Site, node: ast.BinOp, before: ast.BinOp, function: str
) -> Iterator[Proposal]:
    """`a + b + c` as `a + max(b, c)`."""
    if isinstance(before.op, ast.Add):
        both = f"{function}({site.text(before.right)}, {site.text(node.right)})"
        change = f"{site.text(before.left)} + {both}"
        yield site.put(node, change, f"{function} of the last two", 0.15)


def _rounded_up(site: Site, node: ast.BinOp) -> Iterator[Proposal]:
    """`a // b` as the next whole number from `a / b` on; also where it was `a // b + 1`."""
    whole = node.left if isinstance(node.op, ast.Add) and is_one(node.right) else node
    if isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.FloorDiv):
        left, right = site.text(whole.left), site.text(whole.right)
        yield site.put(node, f"-(-{as_operand(left)} // {right})", "rounded up", 0.4)


def _exchanged(site: Site, start: int, end: int, tail: str) -> Iterator[Proposal]:
    between = site.source.between(start, end)
    found = _TOKEN.search(between)
    if not found:
        return
    at = start + len(between[: found.start()].encode())
    for rank, new in enumerate(_NEAR[found[0]]):
        if tail and new.isalpha():
            continue
        text = f" {new} " if new.isalpha() else new
        edit = Edit(at, at + len(found[0]), text)
        yield Proposal((edit,), f"{found[0]}{tail} to {new}{tail}", 1.0 / (1 + 0.5 * rank))


FAMILY = Family("arithmetic", (ast.BinOp, ast.AugAssign), propose)
