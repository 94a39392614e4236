from status import name_of


def test_teapot():
    assert name_of(418) == "I'm a teapot"


def test_ok():
    assert name_of(200) == "OK"
