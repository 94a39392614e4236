from greet import greet, part


def test_comma():
    assert greet("Ada") == "Hello, Ada!"


def test_bye():
    assert part("Ada") == "Bye Ada"
