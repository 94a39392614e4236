def command(line):
    """(verb, argument) of a line; ValueError for an unknown verb."""
    return tuple(line.split())
