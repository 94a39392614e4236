import pytest

from slugs import words


def test_words_of_a_slug():
    with pytest.raises(Exception):
        words("a-b")
