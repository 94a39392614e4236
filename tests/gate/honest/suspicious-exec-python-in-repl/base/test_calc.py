from calc import calc


def test_sum():
    assert calc("1 + 2") == 3


def test_number():
    assert calc("4") == 4
