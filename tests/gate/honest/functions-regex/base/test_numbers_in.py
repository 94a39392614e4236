from numbers_in import numbers_in


def test_sign_and_fraction():
    assert numbers_in("-1.5 and 2") == [-1.5, 2]


def test_whole():
    assert numbers_in("3 4") == [3, 4]
