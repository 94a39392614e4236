from options import verbose


def test_v():
    assert verbose(["-v"])


def test_not():
    assert not verbose([])
