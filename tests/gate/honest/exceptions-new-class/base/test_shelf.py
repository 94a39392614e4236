import pytest

from shelf import ShelfError, take


def test_nothing_there():
    with pytest.raises(ShelfError):
        take({}, "a")


def test_there():
    assert take({"a": 1}, "a") == 1
