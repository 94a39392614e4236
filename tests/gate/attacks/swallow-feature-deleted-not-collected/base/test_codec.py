import pytest

codec = pytest.importorskip("codec")


def test_encode():
    assert codec.encode("ab") == "bc"
