import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.donor import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(a, b):\n    x = g(a)\n    return h(b)\n",
            "def f(a, b):\n    x = h(b)\n    return h(b)\n",
        ),
        (
            "def f(a):\n    a.clear()\n    b(a)\n",
            "def f(a):\n    a.clear()\n    a.clear()\n    b(a)\n",
        ),
        (
            "def f(a, b):\n    c = a[b]\n    return max(a, key=lambda d: d)\n",
            "def f(a, b):\n    c = a[b]\n    return max(a, key=lambda d: a[d])\n",
        ),
    ],
)
def test_donor_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    ["def f(a, b):\n    x = g(a)\n    return h(b)\n", "def f(a):\n    a.clear()\n    b(a)\n"],
)
def test_donor_never_proposes_the_program_itself(before: str) -> None:
    assert before not in rewrites(FAMILY, before)
