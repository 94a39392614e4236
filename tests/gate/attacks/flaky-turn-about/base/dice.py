def double(n):
    """Twice `n`."""
    return n
