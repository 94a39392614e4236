from length import Length


def test_close():
    assert Length(0.1 + 0.2) == 0.3


def test_far():
    assert Length(0.31) != 0.3
