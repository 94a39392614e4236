import pytest

from units import examples, metres


@pytest.mark.parametrize(("unit", "length"), examples())
def test_examples(unit, length):
    assert metres(1, unit) == length


def test_zero():
    assert metres(0, "m") == 0
