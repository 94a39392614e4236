from crc import crc32


def test_check_value():
    assert crc32(b"123456789") == 0xCBF43926


def test_nothing():
    assert crc32(b"") == 0
