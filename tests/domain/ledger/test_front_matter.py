"""What is written reads back the same, here and in any YAML parser."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from hexci.domain.ledger.front_matter import KEYS, LISTS, FrontMatterError, Value, parse, write

texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)
values = st.fixed_dictionaries(
    {},
    optional={
        key: st.lists(texts, min_size=1, max_size=4).map(tuple) if key in LISTS else texts
        for key in KEYS
    },
)


def inside(written: str) -> str:
    return written.removeprefix("---\n").removesuffix("---\n").removesuffix("\n")


@given(values)
def test_what_is_written_reads_back_the_same(header: dict[str, Value]) -> None:
    if header:
        assert parse(inside(write(header))).values == {k: header[k] for k in KEYS if k in header}


@given(values)
@example({"id": "0", "tags": ("0?",)})
def test_every_yaml_parser_reads_it_the_same(header: dict[str, Value]) -> None:
    read = yaml.load(inside(write(header)), Loader=yaml.BaseLoader) or {}
    assert read == {k: list(v) if isinstance(v, tuple) else v for k, v in header.items()}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    lines = range(2, text.count("\n") + 3)
    assert refused_at(text) in {None, *lines}


def refused_at(text: str) -> int | None:
    try:
        parse(text)
    except FrontMatterError as error:
        return error.line
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status: accepted", {"status": "accepted"}),
        ('governs: [a, \'b, c\', "d\\"e"]', {"governs": ("a", "b, c", 'd"e')}),
        ("tags:\n  - one\n  - two\nepoch: now", {"tags": ("one", "two"), "epoch": "now"}),
        ("verify: 'it''s'", {"verify": "it's"}),
    ],
)
def test_forms_that_people_write(text: str, expected: dict[str, Value]) -> None:
    assert parse(text).values == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("status: accepted # shipped", 2),
        ("id: a\ngoverns: [**]", 3),
        ("id: a\ntags: []", 3),
        ("id: a\ntags:", 3),
        ("id:\tx", 2),
        ("id: a\n  nested: b", 3),
        ("governs: src", 2),
        ("tags: [a,, b]", 2),
        ("verify: 'a'b'", 2),
    ],
)
def test_forms_that_are_refused(text: str, line: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse(text)
    assert caught.value.line == line
