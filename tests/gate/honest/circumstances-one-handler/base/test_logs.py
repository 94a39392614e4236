from logs import configure


def test_a_second_call_adds_nothing():
    assert configure() == configure()
