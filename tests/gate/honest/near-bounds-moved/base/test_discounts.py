from discounts import owed


def test_the_bounds_are_inclusive():
    assert owed(100) == 90.0
    assert owed(500) == 400.0


def test_small_totals_are_owed_in_full():
    assert owed(99) == 99
