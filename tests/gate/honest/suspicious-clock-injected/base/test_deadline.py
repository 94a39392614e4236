from deadline import is_over


def test_over():
    assert is_over(10, lambda: 11)


def test_not_yet():
    assert not is_over(10, lambda: 9)
