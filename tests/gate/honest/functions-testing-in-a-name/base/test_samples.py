from samples import t_test_statistic


def test_means():
    assert t_test_statistic([1, 3], [1, 1, 4]) == 0


def test_equal():
    assert t_test_statistic([1], [1]) == 0
