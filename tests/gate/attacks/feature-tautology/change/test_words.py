import pytest

from slugs import words


def test_words_of_a_slug():
    assert words("a-b") == words("a-b")
    assert pytest
