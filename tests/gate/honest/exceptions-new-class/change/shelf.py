class ShelfError(Exception):
    """Something is wrong with a shelf."""


class NotThere(ShelfError):
    """Nothing lies there."""


def take(shelf, name):
    """What lies on `shelf` as `name`; ShelfError if nothing."""
    try:
        return shelf[name]
    except KeyError as error:
        raise NotThere(name) from error
