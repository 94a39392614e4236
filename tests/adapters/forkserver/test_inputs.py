"""The parts that run in other programs' Python, tested in this one's."""

import types

from hexci.adapters.forkserver.inside.canonical import canonical
from hexci.adapters.forkserver.inside.copying import copied
from hexci.adapters.forkserver.inside.inputs import mutated
from hexci.adapters.forkserver.inside.showing import call_shown


def test_made_up_inputs_keep_what_all_recorded_ones_share() -> None:
    calls = [[[1, 3, 5], 3], [[2, 4], 2], [[0, 7, 9, 11], 9]]
    found = mutated(calls, 40, seed=1)
    assert len(found) > 20
    assert all(values == sorted(values) and wanted in values for values, wanted in found)
    assert all(min(values) >= 0 for values, _ in found)


def test_letters_change_case_though_no_recorded_text_has_a_capital() -> None:
    found = mutated([["some words", {"a": "true"}], ["other", {"a": "no"}]], 60, seed=1)
    texts = [text for args in found for text in (args[0], *args[1].values())]
    assert any(text != text.lower() for text in texts)
    assert any(text == text.lower() for text in texts)


def test_the_same_seed_makes_the_same_inputs_and_none_is_a_recorded_one() -> None:
    calls = [["a b", 2], ["c", 1]]
    found = mutated(calls, 20, seed=3)
    assert found == mutated(calls, 20, seed=3)
    assert not [args for args in found if args in calls]


def test_equal_values_have_one_text_and_unequal_ones_have_not() -> None:
    assert canonical({"b": 1, "a": {2, 1}}) == canonical({"a": {1, 2}, "b": 1})
    assert canonical(0.1 + 0.2) == canonical(0.3)
    assert len({canonical(v) for v in (1, 1.5, True, "1", [1], (1,), None, {1})}) == 8


def test_values_that_hold_themselves_end() -> None:
    values: list[object] = [1]
    values.append(values)
    assert canonical(values) == "list[1,...]"


def test_modules_are_shared_and_the_rest_is_copied() -> None:
    items = [1]
    module, own = copied([types, items])
    assert module is types
    assert own == items
    assert own is not items


def test_an_order_that_few_calls_happened_to_have_binds_no_made_up_input() -> None:
    few, many = [[9, 5], [4, 1], [7, 2]], [[9, 5], [4, 1], [7, 2], [8, 3], [6, 5], [5, 0]]
    assert any(items < size for items, size in mutated(few, 40, seed=1))
    assert not any(items < size for items, size in mutated(many, 40, seed=1))


class Unready:
    """An object whose text cannot be had before it is made ready."""

    __slots__ = ()

    def __repr__(self) -> str:
        raise AttributeError("not ready")


def test_an_object_that_cannot_show_itself_has_its_type_for_a_text() -> None:
    assert canonical([Unready()]) == "list[Unready]"
    assert mutated([[Unready(), 1], [Unready(), 2]], 5, seed=1)


class Plain:
    """An object whose own text has its place in memory."""


def test_a_call_is_shown_on_one_bounded_line_that_is_the_same_in_every_run() -> None:
    def wrap(text: str, width: int) -> None: ...

    name = wrap.__qualname__
    assert call_shown(wrap, ["a\nb", 5]) == f"{name}('a\\nb', 5)"
    assert call_shown(wrap, [Unready(), 1]) == f"{name}(Unready, 1)"
    assert "0x" not in call_shown(wrap, [Plain()])
    assert len(call_shown(wrap, ["x" * 1000])) < 200


def test_what_only_ever_is_one_of_a_few_marks_stays_one() -> None:
    bits = [[[0, 1, 1, 0, 1, 0]], [[1, 1, 0]], [[0, 0, 0, 1]], [[1] * 9]]
    assert {bit for (row,) in mutated(bits, 40, seed=1) for bit in row} == {0, 1}
    counts = [[[0, 1, 1, 0]], [[1, 1, 0]]]
    assert {count for (row,) in mutated(counts, 40, seed=1) for count in row} > {0, 1}


def test_texts_of_one_small_alphabet_keep_it() -> None:
    signs = [["T|F&T"], ["T^F|F"], ["F&T|T^F|T"], ["T|T&F^T"]]
    assert {letter for (text,) in mutated(signs, 40, seed=1) for letter in text} <= set("TF|&^")
