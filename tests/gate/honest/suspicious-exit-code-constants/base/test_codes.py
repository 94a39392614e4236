from codes import code_of


def test_none():
    assert code_of(None) == 0


def test_usage():
    assert code_of(ValueError()) == 2


def test_other():
    assert code_of(OSError()) == 1
