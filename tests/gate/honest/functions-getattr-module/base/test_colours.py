import colours


def test_old_name():
    assert colours.ROT == "#f00"


def test_name():
    assert colours.RED == "#f00"
