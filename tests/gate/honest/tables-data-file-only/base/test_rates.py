from rates import tax


def test_france():
    assert tax(1000, "fr") == 200


def test_germany():
    assert tax(1000, "de") == 190
