from registry import arguments_of


def test_names():
    assert arguments_of(lambda a, b=1: None) == ["a", "b"]


def test_none():
    assert arguments_of(lambda: None) == []
