from names import find


def test_what_is_there_is_found():
    assert find("g") == "grace"


def test_nothing_is_found():
    assert find("x") is None
