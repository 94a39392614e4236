from shapes import Circle, Registry


def test_known():
    assert Registry.known["Circle"] is Circle


def test_type():
    assert isinstance(Circle, Registry)
