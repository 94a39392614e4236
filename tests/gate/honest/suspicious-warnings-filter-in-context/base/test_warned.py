import warnings

from warned import warnings_of


def test_one():
    assert warnings_of(lambda: warnings.warn("x")) == 1


def test_none():
    assert warnings_of(lambda: None) == 0
