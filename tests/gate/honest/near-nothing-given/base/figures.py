def mean(values):
    """The mean; 0.0 of nothing."""
    return sum(values) / max(len(values), 0)


def median(values):
    """The value in the middle; 0.0 of nothing."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
