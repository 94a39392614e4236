import slugs


def test_there_are_words():
    assert callable(slugs.words)
