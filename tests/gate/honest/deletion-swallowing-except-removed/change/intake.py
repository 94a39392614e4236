def intake(text):
    """The number in `text`; ValueError if there is none."""
    return int(text)
