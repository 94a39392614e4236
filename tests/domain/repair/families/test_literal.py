import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.literal import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = {}", "a = {0: 1}"),
        ("def f(b):\n    a = {}\n", "def f(b):\n    a = {b: None}\n"),
        ("a = []", 'a = [""]'),
        ("a = ()", "a = (0,)"),
        ("a = [1, b]", "a = [1, b, 0]"),
        ("a = [1, b]", "a = [0, 1, b]"),
        ("a = (1, b, 2)", "a = (1, 2)"),
        ("a = [1, b]", "a = [1]"),
        ("def f(b):\n    return set()", "def f(b):\n    return {b}"),
        ("def f(b):\n    return deque()", "def f(b):\n    return deque([b])"),
        ("for a in b:\n    pass", "for a in [*b, None]:\n    pass"),
        ("for i, a in enumerate(b):\n    pass", "for i, a in enumerate([0, *b]):\n    pass"),
    ],
)
def test_literal_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize("before", ["a = {0: 1}", "a, b = c", "a = f(x)"])
def test_literal_leaves_alone_what_is_no_literal_of_elements(before: str) -> None:
    assert rewrites(FAMILY, before) == []


@pytest.mark.parametrize(
    ("before", "after"), [("{}", "dict(b)"), ("[]", "list(c)")], ids=["mapping", "list"]
)
def test_an_empty_container_may_begin_as_a_copy_of_what_is_given(before: str, after: str) -> None:
    code = "def f(b, c):\n    a = {}\n    return a"
    found = rewrites(FAMILY, code.replace("{}", before), types={"b": "dict", "c": "list"})
    assert code.replace("{}", after) in found
