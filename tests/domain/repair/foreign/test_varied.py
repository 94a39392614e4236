from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.repair.foreign.varied import varied

TEST = b"""\
import { add } from "./add.js";
test("adds 2 numbers", () => {
  equal(add(2, 30), 32);
});
"""


def test_every_number_and_string_of_a_call_is_changed_in_turn() -> None:
    lines = [data.splitlines()[2].strip() for data in varied(TEST)]
    assert lines[:3] == [b"equal(add(3, 30), 32);", b"equal(add(2, 31), 32);",
                         b"equal(add(2, 30), 33);"]  # fmt: skip
    assert lines[3] == b"equal(add(8, 30), 32);"


def test_imports_and_names_of_tests_stay() -> None:
    for data in varied(TEST):
        assert data.splitlines()[:2] == TEST.splitlines()[:2]


def test_a_string_is_made_longer_and_then_turned_round() -> None:
    assert list(varied(b"f('abc')")) == [b"f('abcc')", b"f('cbax')"]


@given(st.binary(max_size=200))
def test_every_variation_differs_from_the_original(data: bytes) -> None:
    assert data not in list(varied(data))
