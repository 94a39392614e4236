class Typed:
    """A list of one type."""

    kind = object
