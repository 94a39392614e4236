import pytest

from hexci.domain.repair.sense import added_nonsense, nonsense

BEFORE = """\
def f(values, limit):
    best = 0
    for value in values:
        if value > limit:
            best += 1
    return best
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value > limit", "value > value", "twice the same: value > value"),
        ("best += 1", "best += 0", "no effect: best += 0"),
        ("best += 1", "best += ''", "no effect: best += ''"),
        ("best += 1", "best |= 1", "bits of a number: best |= 1"),
        ("value > limit", "value & 1", "bits of a number: value & 1"),
        ("in values", "in set(values)", "in any order: set(values)"),
        ("return best", "return list({best, limit})", "in any order: {best, limit}"),
        ("return best", "return [v for v in set(values)]", "in any order: set(values)"),
        ("best += 1", "pass", "nothing done: value > limit"),
        ("best += 1", "best", "no effect: best"),
        ("best += 1", "best = best", "no effect: best = best"),
        ("value > limit", "True", "decided beforehand: True"),
        ("value > limit", "value or value", "twice the same: value or value"),
        ("best += 1", "best = max(best, best)", "twice the same: max(best, best)"),
        ("best += 1", "best -= value - value", "twice the same: value - value"),
        ("    return best", "    return best\n    return 0", "never reached: return 0"),
        ("    best = 0", "    best = 0\n    best = 0", "done twice: best = 0"),
        ("value > limit", "value > 0", "never read: limit in f"),
        (
            "    best = 0",
            "    best = 0\n    values.pop()\n    values.pop()",
            "done twice: values.pop()",
        ),
        ("return best", "return 1 if limit else 1", "twice the same: 1 if limit else 1"),
        ("return best", "return best - 0", "changes nothing: best - 0"),
        ("return best", "return best // 1", "changes nothing: best // 1"),
        ("return best", "return values[-0]", "the same without its sign: -0"),
        (
            "value > limit",
            "values[:best] != values[limit]",
            "a part against one of its elements: values[:best] != values[limit]",
        ),
        (
            "value > limit",
            "limit in str(value)",
            "looked for in how it is shown: limit in str(value)",
        ),
        (
            "best += 1",
            "values[value.lower()] = values.get(value, 0) + 1",
            "read and kept under two keys: values[value.lower()] = values.get(value, 0) + 1",
        ),
    ],
)
def test_what_no_author_means_is_found_where_a_change_brings_it(
    old: str, new: str, told: str
) -> None:
    assert told in added_nonsense(BEFORE.encode(), BEFORE.replace(old, new).encode())


@pytest.mark.parametrize(
    "new", ["value >= limit", "value > limit and value", "not value", "value > len(values) - limit"]
)
def test_an_ordinary_change_of_a_condition_brings_none(new: str) -> None:
    changed = BEFORE.replace("value > limit", f"{new} or limit")
    assert added_nonsense(BEFORE.encode(), changed.encode()) == ()


def test_a_file_that_looks_at_bits_may_look_at_more_of_them() -> None:
    bits = BEFORE.replace("value > limit", "value & 1")
    assert added_nonsense(bits.encode(), bits.replace("+= 1", "|= 1").encode()) == ()


def test_a_set_is_gone_through_where_no_order_comes_of_it() -> None:
    changed = BEFORE.replace("return best", "return sum({best, limit}) + max(set(values))")
    assert added_nonsense(BEFORE.encode(), changed.encode()) == ()


def test_findings_that_were_there_before_do_not_count() -> None:
    worse = BEFORE.replace("value > limit", "value == value")
    assert added_nonsense(worse.encode(), worse.replace("+= 1", "+= 2").encode()) == ()
    assert nonsense(b"def broken(:") == {}


@pytest.mark.parametrize(
    "new",
    [
        "return best + 1",
        "return best * 1.0",
        "return best, values[-1]",
        "return best and values[1:] == values[:1]",
        "return limit in str(best) + 'x'",
        "values[value] = values.get(value, 0) + 1\n    return best",
        "values[best + 1] = values.get(best, 0) + 1\n    return best",
    ],
)
def test_what_looks_much_like_it_is_none(new: str) -> None:
    assert added_nonsense(BEFORE.encode(), BEFORE.replace("return best", new).encode()) == ()


def test_a_file_that_shifts_numbers_may_mask_them_too() -> None:
    bits = BEFORE.replace("value > limit", "value >> limit")
    assert added_nonsense(bits.encode(), bits.replace("+= 1", "|= 1").encode()) == ()


def test_a_cut_behind_the_point_that_was_there_may_stand_elsewhere() -> None:
    before = BEFORE.replace("return best", "return 2 * best // 1")
    assert (
        added_nonsense(before.encode(), before.replace("2 * best // 1", "2 * (best // 1)").encode())
        == ()
    )


HEAP = """\
def f(values):
    heapify(values)
    values.sort()
    return heappop(values)
"""


@pytest.mark.parametrize("call", ["values.pop(0)", "values.pop()", "values.insert(0, 1)"])
def test_a_heap_is_no_list_in_order(call: str) -> None:
    changed = HEAP.replace("heappop(values)", call)
    assert added_nonsense(HEAP.encode(), changed.encode()) == (f"a heap taken as a list: {call}",)
    assert added_nonsense(changed.encode(), HEAP.encode()) == ()


def test_a_list_beside_a_heap_may_be_taken_apart() -> None:
    changed = HEAP.replace("heappop(values)", "[heappop(values)].pop()")
    assert added_nonsense(HEAP.encode(), changed.encode()) == ()


def test_what_a_comprehension_binds_is_read_in_it() -> None:
    before = BEFORE.replace("return best", "return [limit * value for value in values]")
    changed = before.replace("limit * value", "limit * best")
    assert added_nonsense(before.encode(), changed.encode()) == (
        "never read: value in a comprehension",
    )
