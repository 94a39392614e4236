import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.mirror import FAMILY

MERGED = """\
def f(old, new):
    i = j = 0
    out = []
    if old[i] < new[j]:
        out.append('-' + old[i])
        i += 1
    else:
        out.append('+' + new[j])
        j += 1
    out += ['+' + line for line in new[j:]]
    return out
"""
REST = "    out += ['-' + line for line in old[i:]]\n"


def test_what_is_done_for_one_half_is_done_for_the_other_before_and_after() -> None:
    found = rewrites(FAMILY, MERGED)
    rest = "    out += ['+' + line for line in new[j:]]\n"
    assert MERGED.replace(rest, REST + rest) in found
    assert MERGED.replace(rest, rest + REST) in found


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("'+' + new[j])", "'+' + new[i])"), ("'+' + new[j])", "'-' + new[j])"), ("j += 1", "i += 1")],
)
def test_a_half_is_told_by_the_other(right: str, wrong: str) -> None:
    both = MERGED.replace("    return", f"{REST}    return")
    assert both in rewrites(FAMILY, both.replace(right, wrong))


def test_a_part_of_a_condition_is_told_by_the_other_half() -> None:
    before = "def f(a, b, i, j):\n    a.go(i, 1)\n    b.go(j, 1)\n    return a.of[i] < b.of[i]\n"
    assert before.replace("b.of[i]", "b.of[j]") in rewrites(FAMILY, before)


@pytest.mark.parametrize(
    "before",
    [
        "def f(a, b):\n    a = 1\n    b = 1\n    return a\n",  # one word differs
        "def f(a, b):\n    g(a, b)\n    g(b, b)\n",  # and not in one way
        "def f(a):\n    return a\n",
    ],
)
def test_nothing_is_told_where_nothing_corresponds(before: str) -> None:
    assert rewrites(FAMILY, before) == []
