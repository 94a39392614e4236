def calc(text):
    """The value of an expression of numbers."""
    return float(text)
