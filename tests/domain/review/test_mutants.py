import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.review.mutants import mutants_of

TEXT = (
    "LIMIT = 3\n\n\n"
    "def late(now, until):\n"
    "    if now >= until and not until == 0:\n"
    "        return now - until + 1\n"
    "    return None\n"
)


def told(text: str, *lines: int) -> list[str]:
    return [mutant.told for mutant in mutants_of("a.py", text, frozenset(lines))]


def test_edges_senses_and_sums_are_broken_one_at_a_time() -> None:
    assert "`now >= until` → `now > until`" in told(TEXT)
    assert "`until == 0` → `until != 0`" in told(TEXT)
    assert "`now - until` → `(now) + (until)`" in told(TEXT)
    assert "`1` → `2`" in told(TEXT)
    assert all("LIMIT" not in one for one in told(TEXT))


def test_only_the_lines_asked_for_are_broken() -> None:
    assert {mutant.line for mutant in mutants_of("a.py", TEXT, frozenset({6}))} == {6}
    assert told(TEXT, 1) == []


def test_every_mutant_is_another_program_that_can_be_read() -> None:
    for mutant in mutants_of("a.py", TEXT, frozenset()):
        assert ast.dump(ast.parse(mutant.text)) != ast.dump(ast.parse(TEXT))


def test_columns_are_counted_in_bytes() -> None:
    text = 'def f(a, b):\n    return ("äöü", a < b)[1]\n'
    assert "`a < b` → `a <= b`" in told(text)


@pytest.mark.parametrize("text", ["def broken(:", "\0", ""])
def test_what_is_no_python_has_no_mutants(text: str) -> None:
    assert told(text) == []


@given(st.sampled_from(["<", "<=", "==", "in", "is not"]), st.integers(0, 9), st.booleans())
def test_a_comparison_always_has_a_mutant(sign: str, number: int, negated: bool) -> None:  # noqa: FBT001
    test = f"a {sign} [{number}]"
    text = f"def f(a):\n    return {'not ' if negated else ''}{test}\n"
    assert any(one.startswith(f"`{test}`") for one in told(text))
