def handles(names):
    """A handle for each name."""
    return [object() for _ in names]
