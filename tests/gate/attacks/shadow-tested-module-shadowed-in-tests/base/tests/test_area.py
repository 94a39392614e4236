from area import area


def test_area():
    assert area(3, 4) == 12


def test_square():
    assert area(2, 2) == 4
