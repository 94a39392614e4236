class Name(str):
    """The name of a header."""
