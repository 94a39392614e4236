from pieces import pieces


def test_a_rest():
    assert list(pieces("abc", 2)) == [["a", "b"], ["c"]]


def test_even():
    assert list(pieces("ab", 2)) == [["a", "b"]]
