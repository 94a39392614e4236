def code_of(error):
    """The exit code for `error`: 0 for none, 2 for wrong usage, else 1."""
    return 1
