import pathlib
from data import beside


def test_beside():
    assert beside("x.txt") == pathlib.Path(__file__).parent / "x.txt"


def test_name():
    assert beside("y.txt").name == "y.txt"
