from plural import plural


def test_irregular():
    assert plural("child") == "children"


def test_sibilant():
    assert plural("box") == "boxes"


def test_regular():
    assert plural("cat") == "cats"
