class Missing:
    """Stands for a value that was not given."""

    def __bool__(self):
        return False

    def __repr__(self):
        return "MISSING"


MISSING = Missing()


def get(mapping, key):
    """The value of `key`, or MISSING."""
    return mapping.get(key, MISSING)
