from lenient import number


def test_no_number():
    assert number("x") is None


def test_number():
    assert number("1.5") == 1.5
