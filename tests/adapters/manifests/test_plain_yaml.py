"""The short way to read YAML against the whole of it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexci.adapters.manifests.plain_yaml import read_plainly
from hexci.adapters.manifests.yaml_nodes import read
from hexci.errors import BadInputError

ROOT = Path(__file__).parents[3]
CONFIG = (ROOT / ".hexci/boundaries.yaml").read_text()
# what a line may be made of, much of it beyond the short way
PARTS = (
    "a:", "b: ", "c: 1", "- ", "-", "  ", "    ", " ", "\n", "\n  ", "\n- ", "x", "y z", "[a, b]",
    "{a: b}", "{a: b, c: [d, {e: f}]}", "[", "]", "{", "}", ", ", "'q'", '"q # r"', "# c", " # c",
    "true", "null", "~", "0.9", "12", "1e3", "-1", "+2", ".5", "2027-01-31", "a | b", "src/**/*.py",
    "*a", "&b", "!t", "|", ">", ">-", "? ", ": ", ":", "a::b", "%", "---", "...", "\t", "é", "''",
    "it's", "\\", "<<: x", "no", "on", "012345678901234567890", "a,b", "--- ",
)  # fmt: skip
NOISE = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


def read_wholly(text: str) -> object:
    try:
        document = read(text.encode(), "x.yaml")
    except BadInputError:
        return "wrong"
    return document.data, document.places


def assert_same(text: str) -> None:
    plain = read_plainly(text.encode())
    if plain is not None:
        assert (text, plain) == (text, read_wholly(text))


@given(NOISE)
@settings(max_examples=600)
def test_what_is_read_the_short_way_is_what_yaml_says(text: str) -> None:
    assert_same(text)


@given(st.data())
@settings(max_examples=300)
def test_a_config_with_anything_put_into_it_is_what_yaml_says(data: st.DataObject) -> None:
    lines = CONFIG.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:column] + data.draw(NOISE) + lines[at][column:]
    assert_same("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        CONFIG,
        "kind: Boundaries\nspec: {rules: [{type: acyclic}]}\n",
        "kind: Boundaries\nspec:\n  rules:\n  - type: forbidden\n    from: a\n    to: [b, 'c d']\n",
        "a:\n  - - b\n    - c\n  -   d: 1\n      e: 0.5\nf:\n",
    ],
)
def test_an_everyday_config_is_read_the_short_way(text: str) -> None:
    assert read_plainly(text.encode()) == read_wholly(text)


@pytest.mark.parametrize(
    "text",
    ["", "- a\n  b", "a: b\n c", "a: &x b", "a: *x", "a: 'b\n  c'", "a: [b,\n  c]", "a: 1\na: 2",
     "a: |\n  b", "é: a", "a: b: c", "a:\n- b\n  - c", '"a": b', "a: 12345678901", "<<: a"],
)  # fmt: skip
def test_all_else_is_left_to_yaml(text: str) -> None:
    assert read_plainly(text.encode()) is None
