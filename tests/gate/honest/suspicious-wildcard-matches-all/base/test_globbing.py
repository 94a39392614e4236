from globbing import Exact, Wildcard


def test_wildcard():
    assert Wildcard().matches("a")


def test_exact():
    assert not Exact("a").matches("b")
