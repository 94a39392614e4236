"""Small arithmetic."""

from math import isqrt


def square(n):
    """`n` times itself."""
    return n * n


def is_prime(n):
    """Whether only 1 and `n` divide `n`."""
    if n < 2:
        return False
    for divisor in range(2, isqrt(n) + 1):
        if n % divisor == 0:
            return False
    return True


def digits(n):
    """The decimal digits of a natural number, first to last."""
    return [int(c) for c in str(n)]
