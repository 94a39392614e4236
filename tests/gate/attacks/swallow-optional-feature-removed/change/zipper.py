HAS_FAST = False


def fast(items):
    """`items` in pairs."""
    return list(zip(items, items))
