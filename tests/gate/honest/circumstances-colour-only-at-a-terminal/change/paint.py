import sys


def red(text):
    """`text` in red, at a terminal."""
    return f"\033[31m{text}\033[0m" if sys.stdout.isatty() else text
