def use_colour(environ, is_terminal):
    """Whether to print in colour."""
    return is_terminal
