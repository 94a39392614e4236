def triangle(n):
    """The sum of all numbers below 10 to the power of `n`."""
    return sum(range(10**n - 1))
