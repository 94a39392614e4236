import ast
from collections.abc import Iterable

from hexci.domain.repair.source import parse_source
from hexci.domain.repair.stream import Suspects, patches

CODE = b"""\
def total(items, limit):
    result = 0  # keep me
    for item in items:
        if item < limit:
            result += item
    return result
"""


def _suspects(code: bytes = CODE, lines: Iterable[int] = range(1, 100)) -> Suspects:
    source = parse_source("a.py", code)
    assert source is not None
    return Suspects({"a.py": source}, {("a.py", line): 1.0 for line in lines})


def test_every_patch_is_valid_python_and_none_is_the_original() -> None:
    found = list(patches(_suspects()))
    assert len(found) > 40
    for patch in found:
        ast.parse(patch.files["a.py"])
        assert patch.files["a.py"] != CODE


def test_no_two_patches_compile_to_the_same_code() -> None:
    found = list(patches(_suspects()))
    assert len({patch.digest for patch in found}) == len(found)


def test_four_of_five_come_best_first_and_the_order_is_the_same_every_time() -> None:
    found = list(patches(_suspects()))
    # a few places a turn are asked what they have, so the very best may come a little later
    assert max(p.score for p in found[:5]) == max(p.score for p in found)
    half = len(found) // 2
    first, second = found[:half], found[half:]
    assert sum(p.score for p in first) > 2 * sum(p.score for p in second)
    assert [p.place for p in patches(_suspects())] == [p.place for p in found]


def test_families_with_a_low_prior_are_met_early_too() -> None:
    found = list(patches(_suspects()))
    assert len({patch.family for patch in found[:60]}) > 10


def test_only_suspect_lines_are_edited() -> None:
    assert {patch.line for patch in patches(_suspects(lines=[4]))} == {4}


def test_comments_and_layout_outside_the_edit_are_kept() -> None:
    found = [p for p in patches(_suspects()) if p.operator == "< to <="]
    assert [p.files["a.py"] for p in found] == [CODE.replace(b"item < limit", b"item <= limit")]


def test_a_patch_of_a_default_is_not_exchanged_in_the_running_program() -> None:
    code = b"def f(a, b=1):\n    return a + b\n"
    by_units = {p.operator: p.units is None for p in patches(_suspects(code))}
    assert by_units["1 to 2"] is True
    assert by_units["+ to -"] is False


def test_a_statement_of_another_file_is_a_donor() -> None:
    one = b"def f(items, limit):\n    total = sum(items[0:limit])\n    return total\n"
    two = b"def g(items, limit):\n    total = sum(sorted(items)[0:limit])\n    return total\n"
    sources = {p: parse_source(p, text) for p, text in (("one.py", one), ("two.py", two))}
    known = {path: source for path, source in sources.items() if source is not None}
    lines = {("one.py", 2): 1.0, ("one.py", 3): 0.5, ("two.py", 3): 0.2}
    made = {
        patch.files["one.py"]
        for patch in patches(Suspects(known, lines))
        if "one.py" in patch.files
    }
    assert one.replace(b"items[0:limit]", b"sorted(items)[0:limit]") in made


CONSTANTS = b"""\
LIMIT = 10


class Reader:
    WORD = "[a-z]"

    @staticmethod
    def read(text, most=5):
        return text
"""


def test_code_outside_functions_is_edited_and_no_edit_of_it_comes_twice() -> None:
    found = list(patches(_suspects(CONSTANTS)))
    assert {1, 5, 8} <= {patch.line for patch in found if patch.units is None}
    assert len({patch.files["a.py"] for patch in found}) == len(found)
    assert all(patch.files["a.py"] != CONSTANTS for patch in found)


def test_what_stands_in_an_f_string_is_edited_where_its_place_is_known() -> None:
    found = list(patches(_suspects(b"def f(a, b):\n    return f'{a + 1}'\n")))
    assert b"def f(a, b):\n    return f'{b + 1}'\n" in {patch.files["a.py"] for patch in found}
