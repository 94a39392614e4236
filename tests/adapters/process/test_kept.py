from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.process.kept import Kept


def kept(text: bytes, limit: int, step: int = 7) -> bytes:
    output = Kept(limit)
    for start in range(0, len(text), step):
        output.add(text[start : start + step])
    return output.text()


@given(st.binary(max_size=200), st.integers(250, 400), st.integers(1, 50))
def test_what_fits_is_kept_whole(text: bytes, limit: int, step: int) -> None:
    assert kept(text, limit, step) == text


@given(st.text(max_size=600), st.integers(10, 200), st.integers(1, 50))
def test_text_stays_text_after_cutting(text: str, limit: int, step: int) -> None:
    kept(text.encode(), limit, step).decode("utf-8")


@given(st.binary(max_size=2_000), st.integers(1, 300), st.integers(1, 50))
def test_the_bound_holds_whatever_comes(text: bytes, limit: int, step: int) -> None:
    assert len(kept(text, limit, step)) <= limit + 120


def test_failing_lines_of_the_middle_are_kept() -> None:
    text = b"start\n" + b"fine\n" * 500 + b"AssertionError: 3 != 4\n" + b"fine\n" * 500 + b"end\n"
    assert b"\nAssertionError: 3 != 4\n" in kept(text, 400)


def test_it_says_how_much_is_missing() -> None:
    assert b"800 bytes left out" in kept(b"x" * 1_600, 1_000)
