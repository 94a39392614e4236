import sys


def verbose(argv=None):
    """Whether -v is among the arguments, by default the program's own."""
    return False
