from math import log10


def digit_count(n):
    """How many decimal digits a natural number has."""
    if n == 0:
        return 1
    return int(log10(n)) + 1
