import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.envelope import envelope, opened, to_sign
from hexci.errors import BadInputError


@given(st.binary(), st.text(st.characters(max_codepoint=127)))
def test_what_was_sealed_is_what_is_opened(payload: bytes, signature: str) -> None:
    sealed = opened(envelope(payload, signature))
    assert (sealed.payload, sealed.signature) == (payload, signature)


def test_what_is_signed_binds_type_and_length() -> None:
    assert to_sign(b"{}") == b"DSSEv1 28 application/vnd.in-toto+json 2 {}"


def test_a_bare_statement_is_unsigned() -> None:
    assert opened(b'{"_type":"x"}').signature == ""


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"not json",
        b"[" * 100_000,
        b'{"payloadType":"text/plain","payload":"","signatures":[{"sig":""}]}',
        b'{"payloadType":"application/vnd.in-toto+json","payload":"%","signatures":[{"sig":""}]}',
        b'{"payloadType":"application/vnd.in-toto+json","payload":"","signatures":[]}',
        b'{"signatures":[{}]}',
    ],
)
def test_anything_else_is_bad_input(note: bytes) -> None:
    with pytest.raises(BadInputError):
        opened(note)
