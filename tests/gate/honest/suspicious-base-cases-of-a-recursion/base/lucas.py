def lucas(n):
    """The n-th Lucas number."""
    if n < 2:
        return n
    return lucas(n - 1) + lucas(n - 2)
