from work import double, total


def test_total():
    assert total([1, 2, 3]) == 12


def test_two():
    assert total([5, 7]) == 24


def test_double():
    assert double(4) == 8
