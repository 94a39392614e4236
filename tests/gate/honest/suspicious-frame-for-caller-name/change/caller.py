import sys


def caller():
    """The name of the function that calls."""
    return sys._getframe(1).f_code.co_name
