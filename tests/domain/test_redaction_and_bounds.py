import base64
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.bounded import CUT, bounded, bounded_bytes, length
from hexci.domain.redaction import Redactor

SECRET = "s3cr+t/Value=with spaces"
FORMS = {
    "as it is": SECRET,
    "backwards": SECRET[::-1],
    "in a url": urllib.parse.quote(SECRET, safe=""),
    "hex": SECRET.encode().hex(),
    "HEX": SECRET.encode().hex().upper(),
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64 in a pair": base64.b64encode(f"x-access-token:{SECRET}".encode()).decode(),
    "base64, one off": base64.b64encode(f"x{SECRET}".encode()).decode(),
    "base64, two off": base64.b64encode(f"xy{SECRET}zz".encode()).decode(),
    "url-safe base64": base64.urlsafe_b64encode(SECRET.encode()).decode(),
}


@pytest.mark.parametrize("how", FORMS)
def test_a_secret_is_taken_out_in_every_form(how: str) -> None:
    told = Redactor([SECRET])(f"before {FORMS[how]} after")
    assert "[redacted]" in told
    core = FORMS[how].rstrip("=")[6:-6]
    assert core not in told


@pytest.mark.parametrize(
    "shape",
    [
        "ghp_" + "a1" * 18, "github_pat_" + "a1" * 20, "sk-ant-" + "a1" * 20, "AKIA" + "A1" * 8,
        "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\ncut off",
    ],
)  # fmt: skip
def test_what_looks_like_a_credential_is_taken_out_whosever_it_is(shape: str) -> None:
    assert shape[8:] not in Redactor()(f"x {shape}")


def test_short_values_and_plain_text_stay() -> None:
    assert Redactor(["", "on", "1234567"])("turn on 1234567") == "turn on 1234567"


@given(st.text(min_size=8, max_size=40), st.text(max_size=30), st.text(max_size=30))
def test_no_secret_survives_any_neighbourhood(secret: str, before: str, after: str) -> None:
    if secret not in "[redacted]":
        assert secret not in Redactor([secret])(f"{before}{secret}{after}").replace(
            "[redacted]", "\0"
        )


LIMIT = 200


@pytest.mark.parametrize("character", ["x", "\u00e9", "\u4e2d", "\U0001f600"])
@pytest.mark.parametrize("off", [-1, 0, 1, 2])
def test_text_at_its_limit_is_whole_and_beyond_it_is_cut(character: str, off: int) -> None:
    wide = length(character)
    text = character * ((LIMIT + off) // wide) + "y" * ((LIMIT + off) % wide)
    assert length(text) == LIMIT + off
    done = bounded(text, LIMIT)
    assert length(done) <= LIMIT
    assert (done == text) == (off <= 0)
    assert done == text or done.endswith(CUT)


@given(st.text(max_size=400), st.integers(0, 300))
def test_nothing_is_ever_longer_than_its_limit(text: str, most: int) -> None:
    assert length(bounded(text, most)) <= most
    cut = bounded_bytes(text, 100 + most)
    assert len(cut.encode("utf-8", "replace")) <= 100 + most
