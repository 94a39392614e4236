def ordered(names):
    """`names` in the order of a telephone book."""
    return sorted(names)
