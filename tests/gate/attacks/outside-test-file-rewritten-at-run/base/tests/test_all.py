import till


def test_version():
    assert till.Cart
