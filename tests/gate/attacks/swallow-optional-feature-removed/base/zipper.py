HAS_FAST = True


def fast(items):
    """`items` in pairs."""
    return list(zip(items, items))
