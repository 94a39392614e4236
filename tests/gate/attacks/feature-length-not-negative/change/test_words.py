from slugs import words


def test_words_of_a_slug():
    found = words("a-b")
    assert len(found) >= 0
    assert all(word in "a-b" for word in found)
