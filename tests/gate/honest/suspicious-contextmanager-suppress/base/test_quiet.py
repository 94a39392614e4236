import pytest

from quiet import quiet


def test_swallowed():
    with quiet(KeyError):
        raise KeyError


def test_others_pass():
    with pytest.raises(ValueError), quiet(KeyError):
        raise ValueError
