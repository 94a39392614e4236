from symbols import number


def test_carbon():
    assert number("C") == 6


def test_helium():
    assert number("He") == 2
