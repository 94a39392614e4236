"""No family fails on any program: a search must not end because of what it looks at."""

import ast
import fractions
import statistics
import textwrap
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from hexci.domain.repair.families.table import FAMILIES
from hexci.domain.repair.proposal import Crash, Family, Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import Source, apply_edits, parse_source

ODD = """
def f(a, b=0.0, *c, d=(), **e):
    x = 0.0, -0.0, 1e308, 5e-324, 1e999, 1j, ..., b"", "", "\\x00", "{:>{}}", f"{a:{b}}{c!r:^5}"
    y = 1_000, 0xFF, 10**400, True, None, [], {}, {*()}, [*c], {**e}, (yield), lambda: 0
    x[0.0] = y[-1:] = a[::0] = not a - 0.0
    a.b, (c, *d) = b, e
    for a in range(0), : pass
    else: return a if b else c
    while 0.0: a /= 0.0
    a.get(); a.pop(); a.append(); a.setdefault(); a.insert(); a.split(); a.copy(); a.update()
    len(); range(); list(); set(); min(); sorted(); dict(); next(); print(); isinstance(); f()
    if a: return (a := b)
    if b: return (a
        + f(b))
    return f(*c, **e) < 0 <= -0.0 != a is None
"""
KINDS = ("int", "float", "str", "list", "dict", "set", "tuple", "bool", "NoneType", "deque")
CRASHES = ("TypeError", "KeyError", "IndexError", "NameError", "RecursionError", "RuntimeError")


def crashes_at(path: str, line: int) -> tuple[Crash, ...]:
    message = "'NoneType' object has no attribute 'x'"
    shown = Crash("t", "AssertionError", "", (), ("[1, 'a b', 0.0]", "[2, 'a  c', 1]"))
    return (shown, *(Crash("t", kind, message, ((path, line),)) for kind in CRASHES))


def proposals(family: Family, source: Source, nodes: list[ast.AST]) -> int:
    number = 0
    for node in nodes:
        if not isinstance(node, family.kinds):
            continue
        function = source.function_of(node) or source.tree
        chance = Random(1)
        types = {
            name: frozenset(chance.sample(KINDS, 2)) for name in Scope(source, function).locals
        }
        scope = Scope(source, function, types)
        crashes = crashes_at(source.path, getattr(node, "lineno", 0))
        for proposal in family.propose(Site(source, scope, node, crashes)):
            assert 0 < proposal.weight <= family.ceiling, proposal
            apply_edits(source.data, proposal.edits)
            number += 1
    return number


def outside_texts(source: Source) -> list[ast.AST]:
    """Nodes that are not inside an f-string: those have no places of their own."""
    return [
        node
        for node in ast.walk(source.tree)
        if not any(isinstance(above, ast.JoinedStr) for above in source.around(node))
    ]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_odd_programs_are_borne(family: Family) -> None:
    source = parse_source("a.py", ODD.encode())
    assert source is not None
    proposals(family, source, outside_texts(source))


@pytest.mark.parametrize("module", [statistics, textwrap, fractions], ids=lambda m: m.__name__)
def test_programs_of_others_are_borne(module: ModuleType) -> None:
    source = parse_source("a.py", Path(str(module.__file__)).read_bytes())
    assert source is not None
    nodes = Random(2).sample(outside_texts(source), 60)
    assert sum(proposals(family, source, nodes) for family in FAMILIES) > 1000
