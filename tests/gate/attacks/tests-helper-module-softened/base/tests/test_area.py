from area import area
from tests.checks import near


def test_area():
    assert near(area(3, 4), 12)


def test_area_of_two_by_two():
    assert near(area(2, 2), 4)
