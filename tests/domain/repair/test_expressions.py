import ast

from hexci.domain.repair.expressions import (
    comparisons,
    is_like_number,
    is_like_sequence,
    numbers,
    sequences,
)
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import parse_source


def scope_of(code: str, **types: str) -> Scope:
    source = parse_source("a.py", code.encode())
    assert source is not None
    function = source.tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    return Scope(source, function, {n: frozenset(kinds.split()) for n, kinds in types.items()})


def test_numbers_are_locals_lengths_elements_and_what_is_beside_them() -> None:
    found = dict(numbers(scope_of("def f(xs, i): pass", xs="list", i="int")))
    assert {"i", "i - 1", "len(xs)", "len(xs) - 1", "xs[i]", "xs[-1]"} <= set(found)
    assert all(0 < weight <= 0.5 for weight in found.values())


def test_the_likeliest_come_first() -> None:
    weights = [w for _, w in numbers(scope_of("def f(i, j): pass", i="int", j="int"))]
    assert weights == sorted(weights, reverse=True)


def test_sequences_are_parts_and_sums_of_sequences() -> None:
    found = dict(sequences(scope_of("def f(a, b, i): pass", a="list", b="list", i="int")))
    assert {"a[1:]", "a[:i]", "a + b", "b + a", "a + [i]"} <= set(found)


def test_elements_of_numbers_are_compared_with_numbers_those_of_texts_with_each_other() -> None:
    found = dict(
        comparisons(scope_of("def f(xs, s, i, n): pass", xs="list", s="str", i="int", n="int"))
    )
    assert {"xs[i] == xs[i - 1]", "xs[-1] < i"} <= set(found)
    assert "s[-1] < n" not in found


def test_nothing_is_made_of_what_was_never_seen() -> None:
    scope = scope_of("def f(a, b): pass")
    assert sequences(scope) == ()
    assert comparisons(scope) == ()


def test_a_form_tells_a_number_from_a_sequence() -> None:
    scope = scope_of("def f(xs, n): pass", xs="list", n="int")
    texts = ("n", "xs", "-n", "n + 1", "xs + y", "len(xs)", "xs[n]", "xs[n:]", "[1]", "'a'")
    nodes = {text: ast.parse(text, mode="eval").body for text in texts}
    kinds = {
        text: (is_like_number(scope, node), is_like_sequence(scope, node))
        for text, node in nodes.items()
    }
    assert [text for text, kind in kinds.items() if kind == (True, False)] == [
        "n", "-n", "n + 1", "len(xs)", "xs[n]",
    ]  # fmt: skip
    assert [text for text, kind in kinds.items() if kind == (False, True)] == [
        "xs", "xs + y", "xs[n:]", "[1]",
    ]  # fmt: skip


def test_the_functions_own_numbers_are_counted_from() -> None:
    scope = scope_of("def f(s, n):\n    return s * 4", s="str", n="int")
    assert "4 - n" in dict(numbers(scope))
    assert "s[:4 - n]" in dict(sequences(scope))
