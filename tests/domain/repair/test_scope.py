import ast

from hexci.domain.repair.proposal import Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import parse_source

CODE = """\
def outer(a):
    b = [c for c in a if (d := c)]

    def inner(e):
        f = b
        return max(a, key=lambda g: g)

    return inner
"""


def sites() -> list[Site]:
    source = parse_source("a.py", CODE.encode())
    assert source is not None
    return [
        Site(source, Scope(source, source.function_of(node) or source.tree), node)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name)
    ]


def at(name: str, line: int) -> Site:
    return next(s for s in sites() if s.node.id == name and s.node.lineno == line)  # type: ignore[attr-defined]


def test_a_functions_locals_are_its_own_and_those_around_it() -> None:
    assert at("a", 2).scope.locals == ("a", "b", "d")
    assert at("b", 5).scope.locals == ("e", "f", "a", "b", "d")


def test_what_a_comprehension_or_a_lambda_binds_can_be_read_inside_it_only() -> None:
    assert "c" in at("c", 2).names
    assert "g" in at("g", 6).names
    assert "g" not in at("b", 5).names
