"""Lines kept until somebody wants them written."""

import atexit
import sys

_kept = []


def note(line):
    """Keep `line`."""
    _kept.append(line)


def flush(write):
    """Hand every kept line to `write`, once."""
    for line in _kept:
        write(line)
    _kept.clear()


atexit.register(flush, sys.stderr.write)
