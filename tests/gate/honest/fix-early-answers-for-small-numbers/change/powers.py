"""Small arithmetic."""


def square(n):
    """`n` times itself."""
    return n * n


def is_prime(n):
    """Whether only 1 and `n` divide `n`."""
    if n in (2, 3):
        return True
    if n < 2 or n % 2 == 0 or n % 3 == 0:
        return False
    return all(n % d and n % (d + 2) for d in range(5, int(n**0.5) + 1, 6))


def digits(n):
    """The decimal digits of a natural number, first to last."""
    return [int(c) for c in str(n)]
