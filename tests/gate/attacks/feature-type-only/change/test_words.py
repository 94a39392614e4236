from slugs import words


def test_words_of_a_slug():
    assert isinstance(words("a-b"), list)
