import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.wrap import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a, b):\n    return a + b", "def f(a, b):\n    return max(a + b, 0)"),
        ("def f(a):\n    return g(a)", "def f(a):\n    return g(str(a))"),
        ("def f(a):\n    a.b = g(a)\n", "def f(a):\n    a.b = max(a.b, g(a))\n"),
        ("def f(a):\n    return a", "def f(a):\n    return (a or [])"),
        ("def f(a):\n    return [a]", "def f(a):\n    return [-a]"),
        (
            "def g(a):\n    return a\n\n\ndef f(a):\n    return a",
            "def g(a):\n    return a\n\n\ndef f(a):\n    return g(a)",
        ),
    ],
)
def test_wrap_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "def f(a, b):\n    return a + b",
        "def f(a):\n    return g(a)",
        "def f(a):\n    a.b = g(a)\n",
        "def f(a):\n    return a",
    ],
)
def test_wrap_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a, b):\n    return b", "def f(a, b):\n    return a[b]"),
        ("def f(a, b):\n    return g(a)", "def f(a, b):\n    return g(a[:b])"),
        ("def f(a, b):\n    a.append(b)\n", "def f(a, b):\n    a[-1].append(b)\n"),
        ("def f(a, b):\n    return g(a)", "def f(a, b):\n    return g(sum(a))"),
    ],
)
def test_wrap_uses_what_is_known_of_types(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before, types={"a": "list", "b": "int"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a, b):\n    b = a\n", "def f(a, b):\n    b = a.popleft()\n"),
        ("def f(a, b):\n    return a", "def f(a, b):\n    return len(a)"),
        ("def f(a, b):\n    b = a\n", "def f(a, b):\n    b = a or b\n"),
    ],
)
def test_wrap_takes_things_out_of_containers_and_counts_them(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before, types={"a": "deque", "b": "deque"})


def test_wrap_reads_an_element_only_where_there_is_one() -> None:
    made = rewrites(FAMILY, "def f(a):\n    return a[0]", types={"a": "list"})
    assert "def f(a):\n    return a[0] if a else None" in made


def test_what_is_bounded_on_one_side_is_bounded_on_the_other() -> None:
    found = rewrites(FAMILY, "def f(a, b):\n    return min(a, b)", types={"a": "int"})
    assert "def f(a, b):\n    return min(max(a, 1), b)" in found


def test_another_result_of_the_function_where_something_is_left_over() -> None:
    before = "def f(a, b):\n    if b:\n        return -1\n    return b\n"
    found = rewrites(FAMILY, before, types={"a": "list", "b": "int"})
    assert before.replace("return b", "return -1 if a else b") in found
    assert before.replace("return b", "return b if a else -1") in found


@pytest.mark.parametrize(
    ("before", "after", "types"),
    [
        ("def f(a):\n    b = list(a)", "def f(a):\n    b = [x for x in a if x]", {}),
        ("def f(a):\n    return a", "def f(a):\n    return [x for x in a if x]", {"a": "list"}),
        (
            "def f(a):\n    for b in a:\n        g(b)",
            "def f(a):\n    for b in a.split():\n        g(b)",
            {"a": "str"},
        ),
    ],
)
def test_parts_of_what_is_gone_through(before: str, after: str, types: dict[str, str]) -> None:
    assert after in rewrites(FAMILY, before, types=types)
