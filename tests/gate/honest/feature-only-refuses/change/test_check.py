import pytest

from ages import check


def test_negative_ages_are_refused():
    with pytest.raises(ValueError):
        check(-1)
