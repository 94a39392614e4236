import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.repairbench.isolating import changes_between, without_change

OLD = "a\nb\nc\nd\ne\nf\ng\n"
NEW = "a\nB\nc\nd\ne\nF\nF2\ng\nh\n"


def test_one_change_is_taken_back_and_the_others_stay() -> None:
    assert without_change(OLD, NEW, 0) == "a\nb\nc\nd\ne\nF\nF2\ng\nh\n"


def test_changes_that_are_close_are_one() -> None:
    assert len(changes_between(OLD, NEW)) == 2
    assert without_change(OLD, NEW, 1) == "a\nB\nc\nd\ne\nf\ng\n"


def test_a_change_that_is_not_there_cannot_be_taken_back() -> None:
    with pytest.raises(IndexError):
        without_change(OLD, NEW, 2)


LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "    c\n"]), max_size=25).map("".join)


@given(LINES, LINES)
def test_the_changes_are_all_that_differs(old: str, new: str) -> None:
    lines = new.splitlines(keepends=True)
    for change in reversed(changes_between(old, new)):
        first, last = change.new
        lines[first:last] = change.old
    assert "".join(lines) == old
