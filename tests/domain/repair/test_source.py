import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.repair.source import Edit, apply_edits, is_atom, parse_source


def test_every_node_knows_its_own_text_whatever_the_line_ends_and_letters() -> None:
    source = parse_source("a.py", "x = 'ä' + f(  b )\r\ny = (c\r\n  + d)\r\n".encode())
    assert source is not None
    texts = [source.text(n) for n in ast.walk(source.tree) if isinstance(n, (ast.Call, ast.BinOp))]
    assert sorted(texts) == sorted(["'ä' + f(  b )", "f(  b )", "c\r\n  + d"])


def test_an_edit_leaves_every_other_byte_alone() -> None:
    data = b"a = 1  # keep\n\n\nb   =  2\n"
    assert apply_edits(data, [Edit(4, 5, "3"), Edit(23, 24, "44")]) == (
        b"a = 3  # keep\n\n\nb   =  44\n"
    )


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits(b"abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])


def test_a_file_in_latin_1_is_written_back_in_latin_1() -> None:
    raw = "# -*- coding: latin-1 -*-\nname = 'é'\n".encode("latin-1")
    source = parse_source("a.py", raw)
    assert source is not None
    assert source.encoded(source.data) == raw


@pytest.mark.parametrize("raw", [b"def f(:\n", b"\xff\xfe", b"x = '\x00'", b"\xef\xbb\xbfx = 1\n"])
def test_what_cannot_be_edited_safely_is_no_source(raw: bytes) -> None:
    assert parse_source("a.py", raw) is None


@pytest.mark.parametrize(
    ("code", "new", "expected"),
    [
        ("x = a * b", "c + d", "x = (c + d) * b"),
        ("x = f(a)", "c + d", "x = f(c + d)"),
        ("x = a.b", "c or d", "x = (c or d).b"),
        ("x = (a) * b", "g(c)", "x = (g(c)) * b"),
    ],
)
def test_a_replacement_gets_parentheses_only_where_it_needs_them(
    code: str, new: str, expected: str
) -> None:
    source = parse_source("a.py", code.encode())
    assert source is not None
    name = next(n for n in ast.walk(source.tree) if isinstance(n, ast.Name) and n.id == "a")
    assert apply_edits(source.data, [source.replace(name, new)]) == expected.encode()


@given(st.binary(max_size=200))
def test_parsing_never_raises(raw: bytes) -> None:
    source = parse_source("a.py", raw)
    assert source is None or source.encoded(source.data) == raw


def test_atoms_need_no_parentheses() -> None:
    assert [is_atom(t) for t in ("a", "f(x)", "a + b", "not a", "a[0]", "(a)", "1,")] == [
        True, True, False, False, True, True, False,
    ]  # fmt: skip
