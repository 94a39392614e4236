"""What jobs of a system hand on arrives as it was, or not at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.handing_on import file_values, hand_on, handed_values
from hexci.errors import BadInputError

LEAVES = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.dictionaries(
    st.text(min_size=1), st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(
        st.text(), inner)),
)  # fmt: skip


@given(VALUES, st.integers(1, 100), st.booleans())
def test_values_arrive(values: dict[str, object], givers: int, always_file: bool) -> None:  # noqa: FBT001
    sent = json.loads(json.dumps(values))
    handed = hand_on(sent, givers=givers, always_file=always_file)
    assert handed_values("a", handed.said, handed.file or None) == sent
    if always_file:
        assert file_values("a", handed.file) == sent


def test_what_all_jobs_say_fits_into_one_variable() -> None:
    for givers in (1, 10, 100):
        largest = max(
            (len(hand_on({"v": "x" * size}, givers=givers, always_file=False).said), size)
            for size in range(0, 20_000, 50)
        )[0]
        assert largest * givers <= 50_000


@pytest.mark.parametrize("file", [None, b"", b'{"values":{"v":"forged"}}'])
def test_an_artifact_that_is_not_what_was_sent_is_refused(file: bytes | None) -> None:
    handed = hand_on({"v": "x" * 30_000}, givers=1, always_file=False)
    with pytest.raises(BadInputError, match="the artifact of a"):
        handed_values("a", handed.said, file)


@pytest.mark.parametrize("said", ["", "no", "[]", "{}", '{"values": 3}'])
def test_an_output_that_did_not_arrive_is_told(said: str) -> None:
    with pytest.raises(BadInputError, match="handed"):
        handed_values("a", said, None)
