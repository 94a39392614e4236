from steps import ways


def test_no_stair():
    assert ways(0) == 1


def test_five():
    assert ways(5) == 8


def test_one():
    assert ways(1) == 1
