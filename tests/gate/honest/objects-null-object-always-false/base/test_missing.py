from missing import MISSING, get


def test_missing_is_false():
    assert not get({}, "a")


def test_missing_shows_itself():
    assert repr(MISSING) == "MISSING"


def test_given():
    assert get({"a": 1}, "a") == 1
