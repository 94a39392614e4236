from walk import leaves


def test_nested():
    assert leaves([1, [2, [3]]]) == [1, 2, 3]


def test_one():
    assert leaves(1) == [1]
