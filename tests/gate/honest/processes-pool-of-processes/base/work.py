from concurrent.futures import ProcessPoolExecutor


def double(n):
    return n * 2


def total(ns):
    """The sum of the doubles, worked out by processes."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(double, ns[1:]))
