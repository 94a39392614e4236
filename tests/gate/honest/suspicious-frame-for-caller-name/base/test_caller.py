from caller import caller


def outer():
    return caller()


def test_name():
    assert outer() == "outer"


def test_text():
    assert isinstance(caller(), str)
