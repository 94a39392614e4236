from point import Point


def test_equal_places_are_equal():
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(2, 1)


def test_a_place_is_found_in_a_set():
    assert Point(1, 2) in {Point(1, 2)}


def test_coordinates():
    assert (Point(1, 2).x, Point(1, 2).y) == (1, 2)
