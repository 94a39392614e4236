import pytest

from slugs import words


def test_words_of_a_slug():
    for word in words("a-b"):
        assert word in ("a", "b")
