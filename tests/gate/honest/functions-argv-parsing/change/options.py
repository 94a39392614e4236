import sys


def verbose(argv=None):
    """Whether -v is among the arguments, by default the program's own."""
    words = sys.argv[1:] if argv is None else argv
    return "-v" in words
