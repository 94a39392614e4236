import pytest

from intake import intake


def test_no_number():
    with pytest.raises(ValueError):
        intake("x")


def test_number():
    assert intake("7") == 7
