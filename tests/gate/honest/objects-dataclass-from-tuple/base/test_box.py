from box import Box


def test_area():
    assert Box(3, 4).area == 12


def test_sides():
    assert Box(width=3, height=4).height == 4
