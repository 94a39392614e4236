from durations import seconds


def test_hours_and_minutes():
    assert seconds("1h30m") == 5400
    assert seconds("2h05m") == 7500


def test_hours():
    assert seconds("2h") == 7200
