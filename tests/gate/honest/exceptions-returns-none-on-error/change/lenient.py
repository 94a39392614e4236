def number(text):
    """The number in `text`, or None."""
    try:
        return float(text)
    except ValueError:
        return None
