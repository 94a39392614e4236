from colour import use_colour


def test_no_color_wins():
    assert not use_colour({"NO_COLOR": "1"}, True)


def test_ci_shows_colour():
    assert use_colour({"CI": "true"}, False)


def test_terminal():
    assert use_colour({}, True)
