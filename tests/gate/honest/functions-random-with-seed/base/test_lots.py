from lots import lots


def test_same_seed():
    assert lots(1, 5) == lots(1, 5)
    assert len(lots(1, 5)) == 5


def test_in_range():
    assert all(0 <= n < 100 for n in lots(2, 9))
