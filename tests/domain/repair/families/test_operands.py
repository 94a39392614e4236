import ast

import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.operands import FAMILY
from hexci.domain.repair.proposal import Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import parse_source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a - b", "x = b - a"),
        ("f(a, b)", "f(b, a)"),
        ("x = a, b, c", "x = b, c, a"),
        ("x = m[i][j]", "x = m[j][i]"),
        ("x = (a + b) - c", "x = (c) - (a + b)"),
        ("x = a if b else c", "x = c if b else a"),
        ('x = f"{a.b}: {c}"', 'x = f"{c}: {a.b}"'),
        ("x = {a: b for a, b in c}", "x = {b: a for a, b in c}"),
        ("d[a] = b", "d[b] = a"),
        ("a[i] = a[j + 1]", "a[i], a[j + 1] = a[j + 1], a[i]"),
    ],
)
def test_operands_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    ["x = a - b", "f(a, b)", "x = a, b, c", "x = m[i][j]", "x = (a + b) - c", "x = a if b else c"],
)
def test_operands_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_texts_are_joined_the_other_way_round_sooner_than_numbers() -> None:
    weights = []
    for code in ("x = a + 'b'", "x = a + 1"):
        source = parse_source("a.py", code.encode())
        assert source is not None
        node = next(n for n in ast.walk(source.tree) if isinstance(n, ast.BinOp))
        site = Site(source, Scope(source, source.tree), node)
        weights += [proposal.weight for proposal in FAMILY.propose(site)]
    assert weights == [0.9, 0.3]


def test_a_pair_is_turned_by_a_quarter() -> None:
    assert "x, y = -y, x" in rewrites(FAMILY, "x, y = -x, -y")
    assert "(x, y) = (y, -x)" in rewrites(FAMILY, "(x, y) = (-x, -y)")


def test_who_is_linked_to_whom_is_exchanged() -> None:
    assert "b.next = a" in rewrites(FAMILY, "a.next = b")
