import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.asking.handover import LARGEST_PATCH, Handover, read_handover
from hexci.domain.canonical import digest
from hexci.errors import BadInputError, DeniedError, HexciError

PATCH = b"diff"
HANDED = Handover("octo/app", "77", "k", "b" * 40, "committed", "repair", "s", digest(PATCH))


def read(document: bytes, patch: bytes = PATCH) -> Handover:
    return read_handover(document, patch, repository="octo/app", workflow_run="77", event="k")


def test_a_handover_is_read_as_it_was_written() -> None:
    assert read(HANDED.document()) == HANDED


@pytest.mark.parametrize("name", ["repository", "workflow_run", "event"])
def test_one_that_was_made_for_something_else_is_denied(name: str) -> None:
    """T15: another run, repository or event."""
    document = json.loads(HANDED.document()) | {name: "other"}
    with pytest.raises(DeniedError, match="another event"):
        read(json.dumps(document).encode())


def test_another_patch_is_denied() -> None:
    """T15: the digest binds the patch."""
    with pytest.raises(DeniedError, match="not the one"):
        read(HANDED.document(), b"other")


@pytest.mark.parametrize(
    "document",
    [
        b"", b"[]", b"{}", b"[" * 100_000, b" " * 70_000,
        HANDED.document().replace(b"committed", b"wonderful"),
        HANDED.document().replace(b'"repair"', b"1"),
        HANDED.document().replace(b'{"base"', b'{"a":"x","base"'),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_handover_is_bad_input(document: bytes) -> None:
    with pytest.raises(BadInputError):
        read(document)


def test_a_patch_beyond_any_honest_size_is_refused() -> None:
    """T15: sizes are bounded."""
    with pytest.raises(BadInputError, match="larger"):
        read(HANDED.document(), b"x" * (LARGEST_PATCH + 1))


@given(st.binary(max_size=200))
def test_no_bytes_crash_it(document: bytes) -> None:
    with pytest.raises(HexciError):
        read(document)
