from slugs import words


def test_words_of_a_slug():
    assert (lambda: words("a-b") == ["a", "b"])
    assert words("a-b") != ["b", "a"]
