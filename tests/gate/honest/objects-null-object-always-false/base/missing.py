class Missing:
    """Stands for a value that was not given."""


MISSING = Missing()


def get(mapping, key):
    """The value of `key`, or MISSING."""
    return mapping.get(key, MISSING)
