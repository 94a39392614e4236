def intake(text):
    """The number in `text`; ValueError if there is none."""
    try:
        return int(text)
    except ValueError:
        return 0
