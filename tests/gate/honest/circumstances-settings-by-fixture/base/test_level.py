from level import level


def test_the_environment_decides():
    assert level() == 5
