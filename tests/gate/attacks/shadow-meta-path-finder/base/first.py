"""What comes first."""


def first(items):
    """The first of `items`."""
    return items[-1]
