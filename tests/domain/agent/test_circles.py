from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.agent.circles import Edit, edit_of, undone

BASE = b"a\nb\nc\n"
LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b"x", b"y"]), max_size=8).map(b"\n".join)


def edit(content: bytes | None, path: str = "f.py") -> Edit:
    return edit_of({path: BASE}, {path: content})


def test_going_back_to_the_change_before_the_last_undoes_all_of_it() -> None:
    one, two = edit(b"a\nx\nc\n"), edit(b"a\ny\nc\n")
    assert undone(one, two, one) == 1.0


def test_a_third_idea_undoes_nothing() -> None:
    ideas = [edit(b"a\nx\nc\n"), edit(b"a\ny\nc\n"), edit(b"a\nz\nc\n")]
    assert undone(*ideas) == 0.0


def test_building_on_the_last_change_undoes_nothing() -> None:
    steps = [edit(b"a\nx\nc\n"), edit(b"a\nx\ny\nc\n"), edit(b"a\nx\ny\nz\nc\n")]
    assert undone(*steps) == 0.0


def test_trying_another_addition_to_the_same_change_is_no_circle() -> None:
    steps = [edit(b"a\nx\nc\n"), edit(b"a\nx\ny\nc\n"), edit(b"a\nx\nz\nc\n")]
    assert undone(*steps) == 0.0


def test_going_back_with_a_small_addition_is_a_circle() -> None:
    big = b"".join(b"line %d\n" % n for n in range(20))
    one, two = edit(big), edit(big.upper())
    assert undone(one, two, edit(big + b"more\n")) > 0.7


def test_files_count_by_their_path() -> None:
    one, two = edit(None), edit(None, "g.py")
    assert undone(one, two, one) == 1.0
    assert undone(one, two, edit(None, "h.py")) == 0.0


@given(LINES, LINES, LINES)
def test_the_share_lies_between_none_and_all(one: bytes, two: bytes, three: bytes) -> None:
    share = undone(edit(one), edit(two), edit(three))
    assert 0.0 <= share <= 1.0
    assert undone(edit(one), edit(two), edit(two)) == 0.0
