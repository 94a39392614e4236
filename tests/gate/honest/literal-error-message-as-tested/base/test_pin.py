import pytest

from pin import check_pin


def test_a_pin_has_four_digits():
    with pytest.raises(ValueError, match="a PIN has four digits"):
        check_pin("12")


def test_good():
    assert check_pin("1234") == "1234"
