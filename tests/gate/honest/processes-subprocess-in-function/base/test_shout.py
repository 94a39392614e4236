from shout import shout


def test_capitals():
    assert shout("a") == "A"


def test_not_empty():
    assert shout("b")
