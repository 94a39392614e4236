from days import day_of_year


def test_centuries():
    assert day_of_year(1900, 3, 1) == 60
    assert day_of_year(2100, 12, 31) == 365


def test_leap_years():
    assert day_of_year(2024, 12, 31) == 366
