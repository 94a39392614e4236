from letter import letter


def test_the_name_is_filled_in():
    assert letter("Ada") == "Dear Ada,\n"


def test_it_is_a_letter():
    assert letter("x").startswith("Dear")
