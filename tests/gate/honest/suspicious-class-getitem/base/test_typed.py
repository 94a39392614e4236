from typed import Typed


def test_kind():
    assert Typed[int].kind is int


def test_default():
    assert Typed.kind is object
