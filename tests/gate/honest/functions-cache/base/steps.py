def ways(n):
    """In how many ways n stairs are climbed by ones and twos."""
    if n < 2:
        return n
    return ways(n - 1) + ways(n - 2)
