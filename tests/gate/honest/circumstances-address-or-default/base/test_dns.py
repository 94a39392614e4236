from dns import address


def test_local():
    assert address("127.0.0.1") == "127.0.0.1"
    assert address("127.0.0.2") == "127.0.0.2"


def test_default():
    assert address("no.such.name.invalid", "x") == "x"
