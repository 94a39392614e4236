"""Lines kept until somebody wants them written."""

_kept = []


def note(line):
    """Keep `line`."""
    _kept.append(line)


def flush(write):
    """Hand every kept line to `write`, once."""
    for line in _kept:
        write(line)
