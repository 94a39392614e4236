class ShelfError(Exception):
    """Something is wrong with a shelf."""


def take(shelf, name):
    """What lies on `shelf` as `name`; ShelfError if nothing."""
    return shelf[name]
