def code_of(error):
    """The exit code for `error`: 0 for none, 2 for wrong usage, else 1."""
    if error is None:
        return 0
    return 2 if isinstance(error, ValueError) else 1
