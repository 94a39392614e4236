from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.change import ChangeKind, FileChange
from hexci.domain.gate.ddmin import minimise
from hexci.domain.gate.hunks import hunks_of, lines_of, selected

SETS = st.lists(st.sets(st.integers(0, 7), min_size=1), min_size=1, max_size=4)


def holds(wanted: Sequence[set[int]], chosen: Sequence[int]) -> bool:
    """The job is done when one of the wanted sets is there, whatever else is."""
    return any(group <= set(chosen) for group in wanted)


@given(wanted=SETS)
def test_a_minimised_selection_does_the_job_and_nothing_can_be_left_out(
    wanted: list[set[int]],
) -> None:
    found = minimise(range(8), lambda chosen: holds(wanted, chosen))
    every = [c for size in range(9) for c in combinations(range(8), size) if holds(wanted, c)]
    smallest = [c for c in every if not any(set(o) < set(c) for o in every)]
    assert tuple(found) in smallest


@given(st.lists(st.booleans(), min_size=256, max_size=256), st.integers(0, 8))
def test_any_answers_at_all_lead_to_a_one_minimal_selection(table: list[bool], size: int) -> None:
    def does_the_job(chosen: Sequence[int]) -> bool:
        return len(chosen) == size or table[sum(1 << n for n in chosen)]

    found = minimise(range(size), does_the_job)
    assert does_the_job(found)
    assert not any(does_the_job([p for p in found if p != left]) for left in found)
    assert found == sorted(found)


@given(wanted=st.sets(st.integers(0, 127), min_size=1, max_size=1))
def test_one_part_among_many_is_found_in_few_questions(wanted: set[int]) -> None:
    asked: list[int] = []

    def does_the_job(chosen: Sequence[int]) -> bool:
        asked.append(len(chosen))
        return wanted <= set(chosen)

    assert set(minimise(range(128), does_the_job)) == wanted
    assert len(asked) <= 2 * 7 + 1


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d", "\n"]), max_size=8)


def edited(before: str, after: str) -> FileChange:
    kind, mode = ChangeKind.MODIFIED, "100644"
    return FileChange("f.txt", kind, mode, mode, before.encode(), after.encode())


@given(before=LINES.map("".join), after=LINES.map("".join))
def test_all_parts_make_the_change_and_none_makes_the_base(before: str, after: str) -> None:
    file = edited(before, after)
    hunks = hunks_of([file])
    for parts in (hunks, lines_of(hunks)):
        assert selected([file], parts) == {"f.txt": after.encode()}
    assert selected([file], []) == {"f.txt": before.encode()}


@given(before=LINES.map("".join), after=LINES.map("".join), data=st.data())
def test_a_selection_of_hunks_has_nothing_that_neither_side_has(
    before: str, after: str, data: st.DataObject
) -> None:
    file = edited(before, after)
    parts = lines_of(hunks_of([file]))
    chosen = [part for part in parts if data.draw(st.booleans())]
    made = selected([file], chosen)["f.txt"] or b""
    assert set(made) <= set(before.encode() + after.encode())


def test_a_replaced_block_is_cut_line_for_line() -> None:
    hunks = hunks_of([edited("1\n2\n3\n", "1\nx\ny\nz\n")])
    parts = lines_of(hunks)
    assert [(len(hunks), p.start, p.stop, p.lines) for p in parts] == [
        (1, 1, 2, (b"x\n",)),
        (1, 2, 3, (b"y\n",)),
        (1, 3, 3, (b"z\n",)),
    ]


def test_added_deleted_and_binary_files_are_taken_whole() -> None:
    files = [
        FileChange("new", ChangeKind.ADDED, "", "100644", None, b"n\n"),
        FileChange("old", ChangeKind.DELETED, "100644", "", b"o\n", None),
        FileChange("raw", ChangeKind.MODIFIED, "100644", "100644", b"\0a\n", b"\0b\n"),
    ]
    parts = lines_of(hunks_of(files))
    assert [(part.path, part.whole) for part in parts] == [
        ("new", True),
        ("old", True),
        ("raw", True),
    ]
    assert selected(files, parts[:1]) == {"new": b"n\n", "old": b"o\n", "raw": b"\0a\n"}
    assert selected(files, parts[1:]) == {"new": None, "old": None, "raw": b"\0b\n"}
