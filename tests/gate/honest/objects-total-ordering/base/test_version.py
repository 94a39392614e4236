from version import Version


def test_ten_is_more_than_nine():
    assert Version("1.9") < Version("1.10")


def test_at_most():
    assert Version("1.2") <= Version("1.2")


def test_equal():
    assert Version("1.2") == Version("1.2")
