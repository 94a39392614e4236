import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.term import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a, b):\n    return a", "def f(a, b):\n    return a + b"),
        ("def f(a):\n    return g(a)", "def f(a):\n    return 1 + g(a)"),
        ("def f(a, b):\n    return g(a)", "def f(a, b):\n    return [b] + g(a)"),
        ("x = [a]\ny = f(a[1:])", "x = [a + a[1:]]\ny = f(a[1:])"),
        ("x = a", "x = a % 2"),
        ("x = a - b", "x = (a - b) % 12"),
        ("def f(n):\n    return f(n - 1)", "def f(n):\n    return f(n - 1) * n"),
        ("def f(a, n):\n    return a + n", "def f(a, n):\n    return (a + n) % n"),
        ("x = a - 9", "x = (a - 9) % 9"),
        ("def f(a, b):\n    return a", "def f(a, b):\n    return b % a"),
        ("x = [1] + y\nz = [1] + [a for a in y]", "x = [1] + y\nz = [1] + [a for a in y] + [1]"),
        ("x = a & b", "x = a & (2 ** b)"),
        (
            "def g(a, b):\n    return a\n\ndef f(a, n):\n    return a * n",
            "def g(a, b):\n    return a\n\ndef f(a, n):\n    return (a * n) // g(a, n)",
        ),
    ],
)
def test_term_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    ["def f(a, b):\n    return a", "def f(a):\n    return g(a)", "def f(a, b):\n    return g(a)"],
)
def test_term_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_a_list_of_one_element_is_repeated() -> None:
    made = rewrites(FAMILY, "def f(n):\n    return [0]", types={"n": "int"})
    assert "def f(n):\n    return [0] * n" in made


def test_a_term_may_be_the_neighbour_of_an_element() -> None:
    made = rewrites(FAMILY, "def f(a, i):\n    return a[i + 1]", types={"a": "list", "i": "int"})
    assert "def f(a, i):\n    return a[i + 1] - a[i]" in made


def test_an_element_may_count_from_its_place() -> None:
    made = rewrites(FAMILY, "def f(a, i):\n    return g(a[i])", types={"a": "list", "i": "int"})
    assert "def f(a, i):\n    return g(a[i] + i)" in made


def test_a_distance_is_counted_from_where_it_was_measured() -> None:
    before = "def f(low, high):\n    x = (high - low) // 2\n"
    after = "def f(low, high):\n    x = low + (high - low) // 2\n"
    found = rewrites(FAMILY, before, types={"low": "int", "high": "int"})
    assert after.replace("low + (high - low) // 2", "((high - low) // 2) + low") in found


def test_the_rest_of_what_was_read_goes_to_the_end() -> None:
    before = "def f(xs, ys, j):\n    out = [ys[j]]\n    return out + xs\n"
    found = rewrites(FAMILY, before, types={"xs": "list", "ys": "list", "j": "int"})
    assert before.replace("out + xs", "out + (xs + ys[j:])") in found
