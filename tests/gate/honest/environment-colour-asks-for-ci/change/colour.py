def use_colour(environ, is_terminal):
    """Whether to print in colour."""
    if environ.get("NO_COLOR"):
        return False
    return is_terminal or environ.get("CI") == "true"
