import ast

from hexci.domain.repair.atoms import atoms
from hexci.domain.repair.proposal import Site
from hexci.domain.repair.scope import Scope
from hexci.domain.repair.source import parse_source


def atoms_of(code: str, **types: str) -> list[str]:
    source = parse_source("a.py", code.encode())
    assert source is not None
    function = source.tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    seen = {name: frozenset(kinds.split()) for name, kinds in types.items()}
    return [text for text, _ in atoms(Site(source, Scope(source, function, seen), function))]


def test_a_sequence_and_a_number_give_a_bound_and_an_element() -> None:
    found = atoms_of("def f(row, at):\n    return row", row="list", at="int")
    assert {"at < len(row)", "row[at]", "not row[at]", "len(row) == 1"} <= set(found)


def test_what_a_function_reads_may_be_asked_for() -> None:
    found = atoms_of("def f(node):\n    return g(node.left)")
    assert {"node.left", "not node.left", "g(node.left)"} <= set(found)


def test_numbers_are_compared_with_each_other_and_not_with_texts() -> None:
    found = atoms_of("def f(a, b, c):\n    pass", a="int", b="int", c="str")
    assert {"a < b", "b <= a", "a == b"} <= set(found)
    assert not [text for text in found if "c" in text and " < c" in text]


def test_a_large_function_has_a_bounded_number() -> None:
    names = [f"n{i}" for i in range(40)]
    found = atoms_of(f"def f({', '.join(names)}):\n    pass", **dict.fromkeys(names, "int"))
    assert 100 < len(found) == len(set(found)) <= 260


def test_a_filter_asks_for_what_its_comprehension_binds() -> None:
    source = parse_source("a.py", b"def f(rows, n):\n    return [row for row in rows]")
    assert source is not None
    inner = next(n for n in ast.walk(source.tree) if isinstance(n, ast.comprehension))
    scope = Scope(source, source.function_of(inner.target) or source.tree)
    found = [text for text, _ in atoms(Site(source, scope, inner))]
    assert {"row", "not row", "row is not None", "row != n"} <= set(found)


def test_texts_are_asked_of_what_letters_they_are() -> None:
    found = atoms_of("def f(a, b):\n    return a + '-'", a="str", b="str")
    assert {"a.isdigit()", "b.isupper()", "a == b", "a != '-'"} <= set(found)


def test_a_bound_of_one_side_suggests_that_of_the_other() -> None:
    found = atoms_of("def f(t, goal, slack):\n    return t < goal - slack")
    assert "t > goal + slack" in found


def test_sets_may_be_parts_of_each_other() -> None:
    found = atoms_of("def f(a, b):\n    pass", a="set", b="set")
    assert {"a <= b", "a & b", "not a & b"} <= set(found)


def test_two_sides_are_asked_together() -> None:
    found = atoms_of("def f(a, b):\n    pass", a="tuple NoneType", b="NoneType")
    assert {"a is None and b is None", "not a and not b", "a and b"} <= set(found)


def test_two_sequences_are_asked_for_the_same_length() -> None:
    found = atoms_of("def f(a, b):\n    pass", a="str", b="str")
    assert {"len(a) == len(b)", "len(a) != len(b)"} <= set(found)


def test_whole_numbers_are_odd_or_even_by_themselves_and_together() -> None:
    found = atoms_of("def f(a, b):\n    pass", a="int", b="int")
    assert {"a % 2", "b % 2 == 0", "(a + b) % 2"} <= set(found)
    assert "c % 2" not in atoms_of("def f(c):\n    pass", c="float")
