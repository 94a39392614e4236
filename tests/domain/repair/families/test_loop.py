import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.loop import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for i in range(n): pass", "for i in range(1, n): pass"),
        ("for v in a: pass", "for v in reversed(a): pass"),
        ("if a:\n    b()\n", "while a:\n    b()\n"),
        ("for v in d: pass", "for v in d.items(): pass"),
        ("for i in range(1, n):\n    pass", "for i in range(n - 1, 1 - 1, -1):\n    pass"),
    ],
)
def test_loop_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    ["for i in range(n): pass", "for v in a: pass", "if a:\n    b()\n", "for v in d: pass"],
)
def test_loop_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)


def test_a_range_may_go_by_another_step() -> None:
    code = "def f(a, n):\n    for i in range(a, n):\n        pass\n"
    assert code.replace("a, n):\n        pass", "a, n, 2):\n        pass") in rewrites(FAMILY, code)


@pytest.mark.parametrize(
    ("before", "after"),
    [("range(n)", "range(n, 0, -1)"), ("range(n, 0, -1)", "range(n - 1, 0 - 1, -1)")],
)
def test_a_range_goes_down_from_another_end(before: str, after: str) -> None:
    assert f"for i in {after}: pass" in rewrites(FAMILY, f"for i in {before}: pass")


def test_a_range_downwards_goes_upwards() -> None:
    before = "for i in range(n, a - 1, -1): pass"
    assert "for i in range(a, n + 1): pass" in rewrites(FAMILY, before)


def test_two_loops_change_places() -> None:
    before = "for a in xs:\n    for b, c in g(a):\n        f(a)\n"
    after = "for b, c in g(a):\n    for a in xs:\n        f(a)\n"
    assert after in rewrites(FAMILY, before)
