from decimal import Decimal

from kinds import kind


def test_decimal():
    assert kind(Decimal(1)) == "number"


def test_other():
    assert kind("a") == "other"
