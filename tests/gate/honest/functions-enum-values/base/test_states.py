from states import next_state


def test_closed():
    assert next_state("closed") == "open"


def test_open():
    assert next_state("open") == "closed"
