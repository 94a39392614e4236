import pytest

from age import age


def test_years():
    assert age("12 years") == 12


def test_no_number():
    with pytest.raises(ValueError):
        age("old")
