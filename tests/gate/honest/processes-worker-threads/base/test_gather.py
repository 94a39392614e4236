from gather import gather


def test_in_order():
    assert gather([lambda: 1, lambda: 2]) == [1, 2]


def test_none():
    assert gather([]) == []
