import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.ordering import FAMILY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = sorted(a)", "x = sorted(a, key=lambda item: item[1])"),
        ("x = sorted(a, reverse=True)", "x = sorted(a, reverse=True, key=abs)"),
        ("a.sort()", "a.sort(key=lambda item: (item[0], -item[1]))"),
        ("x = max(a)", "x = max(a, key=lambda item: item[1])"),
        ("x = sorted(a, key=lambda v: v[0])", "x = sorted(a, key=lambda v: -v[0])"),
        ("x = sorted(a, key=lambda v: v[0])", "x = sorted(a, key=lambda v: (v[0], v[1]))"),
        ("x = sorted(a, key=lambda v: f(v))", "x = sorted(a, key=lambda v: (-f(v), v))"),
        ("x = sorted(a, key=lambda v: (v[0], v[1]))", "x = sorted(a, key=lambda v: (v[0], -v[1]))"),
        ("x = sorted(a, key=lambda v: (-v[0], v[1]))", "x = sorted(a, key=lambda v: (v[0], v[1]))"),
    ],
)
def test_ordering_makes_the_expected_program_among_others(before: str, after: str) -> None:
    assert after in rewrites(FAMILY, before)


def test_what_a_mapping_has_for_them_may_be_the_order() -> None:
    found = rewrites(FAMILY, "def f(a):\n    return max(a)", types={"a": "dict"})
    assert "def f(a):\n    return max(a, key=a.get)" in found


@pytest.mark.parametrize("before", ["x = max(a, b)", "x = len(a)", "x = sorted(a, key=len)"])
def test_ordering_leaves_alone_what_orders_nothing_or_by_a_name(before: str) -> None:
    assert rewrites(FAMILY, before) == []
