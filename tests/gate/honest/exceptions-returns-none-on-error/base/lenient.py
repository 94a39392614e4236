def number(text):
    """The number in `text`, or None."""
    return float(text)
