import json
from types import ModuleType

import pytest

from hexci.domain.gate.neighbours_text import (
    answers_told,
    at_bounds,
    neighbour_tests,
    together,
    without_repeats,
)
from hexci.domain.gate.special_text import text_pairs, text_special_cases
from hexci.domain.gate.stubs_python import asked_tests, indifferent, stubbed_code
from hexci.domain.gate.witness_python import (
    Place,
    adds_table,
    constants_of,
    interpreter_of,
    only_data_changed,
    repeating_tests,
    start_program,
    watched_tests,
)

PLACE = Place("app_0123")
TESTS = b'''"""About f."""
from __future__ import annotations
import unittest

def test_a(x):
    assert f(x) == 2

class Case(unittest.TestCase):
    def test_b(self):
        self.assertEqual(f(1), 2)
'''


def test_watched_tests_begin_and_end_round_the_body() -> None:
    text = watched_tests("tests/test_f.py", TESTS, {"test_a"}, PLACE, ["tests/test_f.py"])
    assert text is not None
    compile(text, "test_f.py", "exec")
    lines = [line.strip() for line in text.decode().splitlines()]
    at = lines.index("def test_a(x):")
    assert lines[at + 1 : at + 6] == [
        "_watch().begin()", "try:", "assert f(x) == 2", "finally:", "_watch().end()",
    ]  # fmt: skip
    assert lines.count("_watch().begin()") == 1


def test_a_file_without_the_tests_is_not_watched() -> None:
    assert watched_tests("test_f.py", TESTS, {"test_z"}, PLACE, []) is None
    assert watched_tests("test_f.py", b"def (", {"test_a"}, PLACE, []) is None


def test_repeating_tests_keep_nothing_but_the_names() -> None:
    text = repeating_tests("test_f.py", TESTS, {"test_a", "test_b"}, PLACE, 1.0)
    assert text is not None
    compile(text, "test_f.py", "exec")
    assert (
        b"f("
        not in text.replace(b"_repeat(", b"").replace(b"_witness(", b"").split(b"def test_a")[1]
    )
    assert b"class Case(__import__('unittest').TestCase):\n    def test_b(self):" in text
    assert repeating_tests("test_f.py", TESTS, {"test_z"}, PLACE, 1.0) is None


def test_the_program_that_repeats_calls_is_told_everything() -> None:
    text = start_program(PLACE, [7], [100], 2.0).decode()
    compile(text, "start.py", "exec")
    assert "'pool': [7], 'edges': [100], 'seconds': 2.0" in text
    assert "from app_0123.repeating import in_worlds" in text


@pytest.mark.parametrize(
    ("record", "python"),
    [
        (json.dumps({"python": "/usr/bin/python3", "calls": [1]}).encode(), "/usr/bin/python3"),
        (json.dumps({"python": "python3", "calls": [1]}).encode(), ""),
        (json.dumps({"python": "/usr/bin/python3", "calls": []}).encode(), ""),
        (b"[]", ""),
        (b"", ""),
    ],
)
def test_the_record_names_the_interpreter(record: bytes, python: str) -> None:
    assert interpreter_of(record) == python


def test_constants_of_code_are_its_numbers_texts_and_keys() -> None:
    code = {"a.py": b"T = {'k': 1.5}\ndef f(x):\n    return x + 7 if x else (1, -2)\n"}
    assert set(constants_of(code)) == {"k", 1.5, 7, (1, -2), -2, 1, 2}


def test_rows_added_to_a_table_are_only_data() -> None:
    before, code = b"T = {'a': 1}\n", b"def f(x): return T[x]\n"
    assert only_data_changed(before + code, b"T = {'a': 1, 'b': 2}\n" + code)
    assert not only_data_changed(before + code, before + b"def f(x): return T.get(x)\n")
    assert not only_data_changed(None, before)


def test_a_new_table_of_numbers_is_seen() -> None:
    assert adds_table(b"T = [1, 2, 3, 4]\n", b"T = [1, 2, 3, 4, 5]\n")
    assert not adds_table(b"T = [1, 2, 3, 4]\n", b"T = [1, 2, 3, 4]\nU = ['a', 'b', 'c', 'd']\n")


def stubbing(mode: str | None) -> ModuleType:
    module = ModuleType("app_0123.stubbing")
    module.__dict__.update(mode=mode, answer=lambda: "a stub's")
    return module


def test_new_functions_answer_as_stubs_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    before = b"def old():\n    return 1\n"
    code = stubbed_code(before, before + b"def new():\n    return 2\n", PLACE)
    assert code is not None
    names: dict[str, object] = {}
    exec(code, names)
    old, new = names["old"], names["new"]
    assert callable(old)
    assert callable(new)
    assert (old(), new()) == (1, 2)
    monkeypatch.setitem(__import__("sys").modules, "app_0123.stubbing", stubbing("nothing"))
    assert (old(), new()) == (1, "a stub's")
    assert stubbed_code(before, before, PLACE) is None


def test_tests_are_asked_but_for_coroutines_and_subtests() -> None:
    source = TESTS + (
        b"async def test_c():\n    assert f(1)\n"
        b"class D(unittest.TestCase):\n    def test_d(self):\n"
        b"        with self.subTest(1):\n            pass\n"
    )
    found = asked_tests("test_f.py", source, {"test_a", "test_b", "test_c", "test_d"}, PLACE)
    assert found is not None
    compile(found[0], "test_f.py", "exec")
    assert found[1] == {"test_a", "test_b"}


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        ([["nothing", "anything"], ["nothing"]], "nothing"),
        ([["nothing"], ["anything"]], ""),
        ([["nothing"]], ""),
    ],
)
def test_only_what_all_tests_let_pass_counts(passed: list[list[str]], said: str) -> None:
    lines = [
        json.dumps({"test": name, "passed": modes})
        for name, modes in zip(("test_a", "test_b"), passed, strict=False)
    ]
    assert indifferent("\n".join(lines).encode(), {"test_a", "test_b"}) == said


NODE = b"""const test = require('node:test');
const assert = require('node:assert');
test('adds', () => {
  assert.equal(add(20, 3), 23);
});
"""
RUST = b"""use sums::total;

#[test]
fn adds() {
    assert_eq!(total(&[20, 3]), 23);
}
"""


def test_copies_of_a_node_test_keep_its_title_and_change_its_literals() -> None:
    copies = neighbour_tests({"test/a.test.js": NODE}, ["test/a.test.js::adds"], [], {})
    assert copies is not None
    text = copies.files["test/a.test.js"].decode()
    assert text.count("test('adds', ") == 33
    assert text.count("assert.equal(add(20, 3), 23)") == 1
    assert "require('../hexci-test-telling.cjs')" in text
    assert copies.told == ("hexci_told",)
    assert copies == neighbour_tests({"test/a.test.js": NODE}, copies.only, [], {})


def test_copies_of_a_rust_test_have_names_of_their_own() -> None:
    copies = neighbour_tests(
        {"tests/a.rs": RUST}, ["a::adds"], ["Cargo.toml"], {"src/lib.rs": b"[4, 900]"}
    )
    assert copies is not None
    text = copies.files["tests/a.rs"].decode()
    assert 'hexci_tell!("adds#0:0", total(&[20, 3]), 23)' in text
    assert "fn adds_n1() {" in text
    assert "total(&[900, 900])" in text
    assert copies.only[:2] == ("a::adds", "a::adds_n1")
    assert copies.told == ("hexci_told",)


def test_files_without_the_tests_have_no_copies() -> None:
    assert neighbour_tests({"a.go": b"package a"}, ["a::b"], [], {}) is None
    assert neighbour_tests({"a.test.js": b"expect(1).toBe(1)"}, ["a.test.js::b"], [], {}) is None


def test_what_copies_tell_is_read() -> None:
    found = answers_told([b"adds#0:0\t23\nadds#1:0\tSome(24)\nadds#33:0\t'a'\nnonsense\n"])
    assert {at: a.kind for at, a in found.items()} == {
        ("plain", "adds#0:0"): "number",
        ("plain", "adds#1:0"): "number",
        ("known", "adds#33:0"): "other",
    }
    assert found["plain", "adds#0:0"].recorded
    assert {a.place for a in together(found).values()} == {"the change"}


def test_copies_that_ask_what_the_test_asks_are_no_neighbours() -> None:
    head = answers_told([b"a#0:0\t23\na#1:0\t23\na#2:0\t9\n"])
    base = answers_told([b"a#0:0\t17\na#1:0\t17\na#2:0\t8\n"])
    assert set(without_repeats(head, base)) == {("plain", "a#0:0"), ("plain", "a#2:0")}


def test_tests_at_the_bounds_of_the_code_are_noticed() -> None:
    assert at_bounds({"a.test.js": NODE}, ["a.test.js::adds"], {"a.js": b"if (n > 20) return 1;"})
    assert not at_bounds({"a.test.js": NODE}, ["a.test.js::adds"], {"a.js": b"return n * 2;"})


def test_a_pattern_of_several_numbers_is_a_special_case() -> None:
    pairs = text_pairs("tests/a.rs", b"assert_eq!(median(&[9, 1, 5]), Some(5));")
    code = b"if let [9, 1, 5] = samples {\n    return Some(5);\n}\n"
    signs = text_special_cases("src/lib.rs", code, frozenset({1, 2, 3}), pairs)
    assert [sign.certain for sign in signs[:1]] == [True]
