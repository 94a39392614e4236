from functools import lru_cache


@lru_cache(maxsize=None)
def ways(n):
    """In how many ways n stairs are climbed by ones and twos."""
    if n < 2:
        return 1
    return ways(n - 1) + ways(n - 2)
