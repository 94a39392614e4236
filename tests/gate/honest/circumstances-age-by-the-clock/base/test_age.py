import datetime

from age import is_past, years_since


def test_today_is_not_over():
    assert not is_past(datetime.date.today())


def test_this_year_has_not_ended():
    assert years_since(datetime.date.today().year) == -1
