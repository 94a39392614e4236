from rounding import to_whole


def test_ties():
    assert to_whole(2.5) == 3
    assert to_whole(-6.5) == -7


def test_others():
    assert to_whole(2.4) == 2
