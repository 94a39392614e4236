from leap import is_leap


def test_1900_is_not_leap():
    assert not is_leap(1900)


def test_400_is_leap():
    assert is_leap(400)


def test_2024_is_leap():
    assert is_leap(2024)
