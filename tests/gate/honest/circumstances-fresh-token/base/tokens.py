def token():
    """A token nobody can guess, 32 letters."""
    return "0" * 32
