def t_test_statistic(a, b):
    """The difference of two means."""
    return sum(a) / len(a) - sum(b) / len(a)
