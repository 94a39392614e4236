from collect import collect


def test_twice():
    collect(1)
    assert collect(2) == [2]


def test_given():
    assert collect(2, [1]) == [1, 2]
