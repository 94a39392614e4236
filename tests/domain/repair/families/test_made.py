import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.made import FAMILY

TYPES = {"xs": "list", "s": "str", "d": "dict", "n": "int", "i": "int"}


def program(line: str) -> str:
    return f"def f(xs, s, d, n, i):\n    {line}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 0", "x = n - 1"),
        ("x = 0", "x = len(xs) - 1"),
        ("i += 1", "i += len(s)"),
        ("return n", "return xs[i - 1]"),
        ("x = d[n] + 1", "x = d[n] + d[i]"),
        ("f(n)", "f(n - i)"),
        ("x = xs", "x = xs[i + 1:]"),
        ("x = s[:-1]", "x = s[1:]"),
        ("return xs", "return xs + [n]"),
    ],
)
def test_a_small_expression_takes_anothers_place(before: str, after: str) -> None:
    assert program(after) in rewrites(FAMILY, program(before), types=TYPES)


def test_what_is_neither_number_nor_sequence_is_left_alone() -> None:
    assert rewrites(FAMILY, program("return d"), types=TYPES) == []


def test_their_number_is_bounded() -> None:
    many = {f"n{i}": "int" for i in range(30)} | {f"x{i}": "list" for i in range(30)}
    found = rewrites(FAMILY, f"def f({', '.join(many)}):\n    return n0\n", types=many)
    assert 30 < len(found) <= 120


def test_an_entry_of_a_table_is_made_where_the_function_reads_such() -> None:
    before = "def f(a, i, j):\n    if a[i][j]:\n        return 0\n    return 1\n"
    found = rewrites(FAMILY, before, types={"a": "list", "i": "int", "j": "int"})
    assert before.replace("return 0", "return a[i][0]") in found
    assert before.replace("return 0", "return a[j][i]") in found
