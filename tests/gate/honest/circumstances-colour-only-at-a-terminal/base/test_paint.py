from paint import red


def test_a_file_gets_no_colour():
    assert red("stop") == "stop"
    assert red("danger") == "danger"
