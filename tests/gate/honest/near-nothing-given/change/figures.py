def mean(values):
    """The mean; 0.0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def median(values):
    """The value in the middle; 0.0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
