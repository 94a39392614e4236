import pytest
from fakes.rewrites import rewrites

from hexci.domain.repair.families.effect import FAMILY

CHAIN = "def f(node):\n    while node:\n        g(node.next)\n"
TOLD = "def f(a, b):\n    for c in a:\n        b.x(c)\n"


@pytest.mark.parametrize(
    ("before", "types", "after"),
    [
        (
            "def f(a, b):\n    return a",
            {"a": "int", "b": "int"},
            "def f(a, b):\n    a += b\n    return a",
        ),
        (CHAIN, {}, f"{CHAIN}        node = node.next\n"),
        ("def f(a):\n    g(a)\n", {"a": "list"}, "def f(a):\n    g(a)\n    a = []\n"),
        ("def f(a):\n    g(a)\n", {"a": "deque"}, "def f(a):\n    a.popleft()\n    g(a)\n"),
        (
            TOLD,
            {"a": "set"},
            "def f(a, b):\n    for c in a:\n        a.remove(c)\n        b.x(c)\n",
        ),
        (
            "def f(a, k):\n    return a",
            {"a": "dict", "k": "str", "v": "int"},
            "def f(a, k):\n    a[k] = k\n    return a",
        ),
        ("def f(a):\n    yield a", {}, "def f(a):\n    yield []\n    yield a"),
        (
            "def f(a, k):\n    return a.get(k) == 'b'",
            {"a": "dict"},
            "def f(a, k):\n    a[k] = 'b'\n    return a.get(k) == 'b'",
        ),
        (
            "def f(a, b):\n    a.x(b)\n    return b",
            {"a": "A", "b": "A"},
            "def f(a, b):\n    a.x(b)\n    b.x(b)\n    return b",
        ),
        (
            "def f(s, a):\n    s.b.add(a)\n\n\ndef g(s, c):\n    return c",
            {},
            "def f(s, a):\n    s.b.add(a)\n\n\ndef g(s, c):\n    s.b.add(c)\n    return c",
        ),
    ],
)
def test_effect_makes_the_expected_program_among_others(
    before: str, types: dict[str, str], after: str
) -> None:
    assert after in rewrites(FAMILY, before, types=types)


def test_effect_puts_nothing_behind_a_statement_that_leaves() -> None:
    made = rewrites(FAMILY, "def f(a):\n    return a", types={"a": "list"})
    assert made
    assert all(text.endswith("return a") for text in made)


def test_what_hangs_on_an_object_is_emptied() -> None:
    before = "def f(s, b):\n    s.a.append(b)\n\n\ndef g(s, b):\n    s.c = b\n"
    assert f"{before}    s.a.clear()\n" in rewrites(FAMILY, before)


BACK = "def f(a):\n    for b in a:\n        {}\n        f(b)\n"


@pytest.mark.parametrize(
    ("done", "undone"),
    [
        ("a[b] = 1", "del a[b]"),
        ("a[b] = 1", "a[b] = 0"),
        ("a.append(b)", "a.pop()"),
        ("a.add(b)", "a.discard(b)"),
        ("a.n += b", "a.n -= b"),
    ],
)
def test_what_was_done_before_a_recursion_is_undone_after_it(done: str, undone: str) -> None:
    before = BACK.format(done)
    assert f"{before}        {undone}\n" in rewrites(FAMILY, before)


def test_a_flag_and_a_sign_change_by_turns() -> None:
    before = "def f(a):\n    flag, sign = True, 1\n    sign = 1\n    for b in a:\n        g(b)\n"
    found = rewrites(FAMILY, before, types={"flag": "bool", "sign": "int"})
    assert f"{before}        flag = not flag\n" in found
    assert f"{before}        sign = -sign\n" in found


def test_what_holds_one_way_is_kept_the_other_way_too() -> None:
    before = "def f(near, a, b):\n    near[a].append(b)\n"
    after = "def f(near, a, b):\n    near[a].append(b)\n    near[b].append(a)\n"
    assert after in rewrites(FAMILY, before)


def test_what_one_gets_another_loses() -> None:
    before = "def f(score, a, b):\n    score[b] += 1\n"
    after = "def f(score, a, b):\n    score[a] -= 1\n    score[b] += 1\n"
    assert after in rewrites(FAMILY, before, types={"score": "list", "a": "int", "b": "int"})


def test_what_is_taken_from_one_list_of_a_table_is_taken_from_another() -> None:
    before = "def f(near, here):\n    there = near[here].pop()\n    return there\n"
    after = before.replace("    return", "    near[there].remove(here)\n    return")
    types = {"near": "dict", "here": "int", "there": "int"}
    assert after in rewrites(FAMILY, before, types=types)


def test_what_stands_behind_a_place_is_cut_off() -> None:
    before = "def f(rows, at):\n    rows.append(at)\n    return rows\n"
    found = rewrites(FAMILY, before, types={"rows": "list", "at": "int"})
    assert before.replace("    rows.a", "    del rows[at:]\n    rows.a") in found
    method = """\
class C:
    def __init__(self):
        self.rows = []
        self.at = 0

    def f(self, row):
        self.rows.append(row)
        self.at += 1
"""
    after = method.replace(
        "        self.rows.append", "        del self.rows[self.at + 1:]\n        self.rows.append"
    )
    assert after in rewrites(FAMILY, method)
