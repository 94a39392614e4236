from sums import triangle


def test_triangles():
    assert triangle(3) == 499500
    assert triangle(4) == 49995000
