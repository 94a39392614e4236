LEAST = 0


def check(age):
    """Raises ValueError for what is no age."""
    if age < LEAST:
        raise ValueError(age)
