import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.result import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a):\n    yield a", "def f(a):\n    yield from a"),
        ("def f(a):\n    return a", "def f(a):\n    yield a"),
        ("def f(a):\n    b = a\n", "def f(a):\n    b = a\n    return b\n"),
        ("async def f(a):\n    return g(a)", "async def f(a):\n    return await g(a)"),
        ("def __eq__(a, b):\n    return False", "def __eq__(a, b):\n    return NotImplemented"),
    ],
)
def test_result_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "def f(a):\n    yield a",
        "def f(a):\n    return a",
        "def f(a):\n    b = a\n",
        "async def f(a):\n    return g(a)",
    ],
)
def test_result_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
